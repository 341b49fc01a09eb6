package shapes

import "sync"

// A Group runs functions in goroutines, as an errgroup does.
type Group struct{ wg sync.WaitGroup }

func (g *Group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}

func (g *Group) Wait() { g.wg.Wait() }

func GoStatement(db *DB) {
	var wg sync.WaitGroup
	for _, p := range posts() {
		wg.Add(1)
		go func() {
			defer wg.Done()
			db.Query("child", p.ID)
		}()
	}
	wg.Wait()
}

func GoStatementThroughMethod(db *DB) {
	var wg sync.WaitGroup
	s := &Store{db}
	for _, p := range posts() {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			s.Author(id)
		}(p.AuthorID)
	}
	wg.Wait()
}

func GoMethod(db *DB) {
	var g Group
	for _, p := range posts() {
		g.Go(func() error {
			return db.Exec("child", p.ID)
		})
	}
	g.Wait()
}

func WaitGroupGo(db *DB) {
	var wg sync.WaitGroup
	for _, p := range posts() {
		wg.Go(func() { db.Query("child", p.ID) })
	}
	wg.Wait()
}

func GoroutineInGoroutine(db *DB) {
	var wg sync.WaitGroup
	for _, p := range posts() {
		wg.Go(func() {
			wg.Go(func() { db.Query("child", p.ID) })
		})
	}
	wg.Wait()
}

func Worker(db *DB) {
	var wg sync.WaitGroup
	jobs := make(chan Post, 3)
	for range 2 {
		wg.Go(func() {
			for job := range jobs {
				db.Query("child", job.ID)
			}
		})
	}
	for _, p := range posts() {
		jobs <- p
	}
	close(jobs)
	wg.Wait()
}

func OneGoroutine(db *DB) {
	done := make(chan bool)
	go func() {
		db.Query("child")
		close(done)
	}()
	<-done
}

// later keeps a literal to run it in a goroutine of its own.
func later(run func(), wg *sync.WaitGroup) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		run()
	}()
}

func HandedToFunction(db *DB) {
	var wg sync.WaitGroup
	for _, p := range posts() {
		later(func() { db.Query("child", p.ID) }, &wg)
	}
	wg.Wait()
}
