package shapes

import (
	"iter"
	"slices"
	"sync"
)

// Functions that run a statement named parent once and one named child in a loop. In those of the first part the child
// is given what the parent returned.

func (db *DB) posts() ([]Post, error) {
	var list []Post
	err := db.Get(&list, "parent")
	return list, err
}

func (db *DB) child(id int) { db.Exec("child", id) }

func FlowRange(db *DB) {
	list, err := db.posts()
	if err != nil {
		return
	}
	for _, p := range list {
		db.Query("child", p.AuthorID)
	}
}

func FlowIndex(db *DB) {
	list, _ := db.posts()
	for i := 0; i < len(list); i++ {
		db.Query("child", list[i].AuthorID)
	}
}

func FlowRangeIndex(db *DB) {
	list, _ := db.posts()
	for i := range list {
		p := &list[i]
		db.child(p.AuthorID)
	}
}

func FlowRows(db *DB) {
	rows, err := db.Query("parent")
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var p Post
		if err := rows.Scan(&p.ID, &p.AuthorID); err != nil {
			return
		}
		db.child(p.AuthorID)
	}
}

func FlowRowsCollected(db *DB) {
	rows, _ := db.Query("parent")
	var ids []int
	for rows.Next() {
		var id int
		rows.Scan(&id)
		ids = append(ids, id)
	}
	for _, id := range ids {
		db.child(id)
	}
}

func FlowAddress(db *DB) {
	var list []Post
	if err := db.Get(&list, "parent"); err != nil {
		return
	}
	for _, p := range list {
		db.child(p.ID)
	}
}

func FlowPointer(db *DB) {
	list := new([]Post)
	db.Get(list, "parent")
	for _, p := range *list {
		db.child(p.ID)
	}
}

func FlowParameter(db *DB) {
	list, _ := db.posts()
	fill(db, "x", list)
}

func fill(db *DB, _ string, list []Post) {
	for _, p := range list {
		db.child(p.ID)
	}
}

func FlowParameters(db *DB) {
	list, _ := db.posts()
	render(db, map[string][]Post{"posts": list})
}

func render(db *DB, data map[string][]Post) { fill(db, "y", data["posts"]) }

func FlowVariadic(db *DB) {
	list, _ := db.posts()
	fillAll(db, list...)
}

func fillAll(db *DB, list ...Post) { fill(db, "z", list) }

type page struct {
	db    *DB
	Posts []Post
	Tags  []int
}

func (p *page) fill() {
	for _, post := range p.Posts {
		p.db.child(post.ID)
	}
}

func FlowReceiver(db *DB) {
	list, _ := db.posts()
	pg := &page{db: db, Posts: list}
	pg.fill()
}

func FlowField(db *DB) {
	var pg page
	pg.Posts, _ = db.posts()
	for _, p := range pg.Posts {
		db.child(p.ID)
	}
}

func FlowHelper(db *DB) {
	list, _ := db.posts()
	for _, id := range authorIDs(list) {
		db.child(id)
	}
}

func authorIDs(list []Post) []int {
	var ids []int
	for _, p := range list {
		ids = append(ids, p.AuthorID)
	}
	return ids
}

func FlowMapKeys(db *DB) {
	list, _ := db.posts()
	byID := make(map[int]Post)
	for _, p := range list {
		byID[p.ID] = p
	}
	for id := range byID {
		db.child(id)
	}
}

func FlowLiteralParameter(db *DB) {
	list, _ := db.posts()
	each(list, func(p Post) { db.child(p.ID) })
}

func FlowCallback(db *DB) {
	list, _ := db.posts()
	found := slices.ContainsFunc(list, func(p Post) bool {
		db.child(p.ID)
		return false
	})
	keepFound(found)
}

func FlowIterator(db *DB) {
	for p := range (&Store{db}).each() {
		db.child(p.ID)
	}
}

func (s *Store) each() iter.Seq[Post] {
	return func(yield func(Post) bool) {
		rows, _ := s.db.Query("parent")
		for rows.Next() {
			var p Post
			rows.Scan(&p.ID)
			if !yield(p) {
				return
			}
		}
	}
}

func FlowIteratorInside(db *DB) {
	for id := range (&Store{db}).authors() {
		keep(id)
	}
}

func (s *Store) authors() iter.Seq[int] {
	return func(yield func(int) bool) {
		list, _ := s.db.posts()
		for _, p := range list {
			s.db.Query("child", p.AuthorID)
			if !yield(p.AuthorID) {
				return
			}
		}
	}
}

func FlowRangeOverFunc(db *DB) {
	list, _ := db.posts()
	for p := range slices.Values(list) {
		db.child(p.ID)
	}
}

func FlowGoroutines(db *DB) {
	list, _ := db.posts()
	var wg sync.WaitGroup
	for _, p := range list {
		wg.Go(func() { db.child(p.ID) })
	}
	wg.Wait()
}

func FlowGoArgument(db *DB) {
	list, _ := db.posts()
	var wg sync.WaitGroup
	for _, p := range list {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			db.child(id)
		}(p.ID)
	}
	wg.Wait()
}

func FlowTransaction(db *DB) {
	transaction(db, func(tx *DB) error {
		list, err := tx.posts()
		for _, p := range list {
			tx.child(p.ID)
		}
		return err
	})
}

func transaction(db *DB, do func(*DB) error) error { return do(db) }

func FlowOutOfTransaction(db *DB) {
	var list []Post
	transaction(db, func(tx *DB) (err error) {
		list, err = tx.posts()
		return err
	})
	for _, p := range list {
		db.child(p.ID)
	}
}

func FlowReturned(db *DB) {
	list, _ := try(func() ([]Post, error) { return db.posts() })
	for _, p := range list {
		db.child(p.ID)
	}
}

func try[T any](do func() (T, error)) (T, error) { return do() }

func FlowChannel(db *DB) {
	list, _ := db.posts()
	jobs := make(chan Post, len(list))
	for _, p := range list {
		jobs <- p
	}
	close(jobs)
	for p := range jobs {
		db.child(p.ID)
	}
}

func FlowRowInside(db *DB) {
	for _, id := range []int{1, 2, 3} {
		var p Post
		db.Get(&p, "parent", id)
		db.child(p.AuthorID)
	}
}

func FlowLiteralArgument(db *DB) {
	list, _ := db.posts()
	load := func(p Post) { db.child(p.ID) }
	for _, p := range list {
		load(p)
	}
}

// In the functions of the second part it is not.

func tags(db *DB) []int {
	var all []int
	db.Get(&all, "parent")
	return all
}

func NoFlowCounter(db *DB) {
	list := tags(db)
	for i := 1; i <= len(list); i++ {
		db.child(i)
	}
}

func NoFlowRangePosition(db *DB) {
	list := tags(db)
	for i := range list {
		db.child(i)
	}
}

func NoFlowRequest(db *DB) { handle(db, []int{1, 2, 3}) }

func handle(db *DB, ids []int) {
	list := tags(db)
	keep(len(list))
	for _, id := range ids {
		db.child(id)
	}
}

func NoFlowOtherSlice(db *DB) {
	list := tags(db)
	for _, p := range posts() {
		db.child(p.ID)
	}
	keep(list[0])
}

func NoFlowSameName(db *DB) {
	for _, p := range tags(db) {
		keep(p)
	}
	for _, p := range posts() {
		db.child(p.ID)
	}
}

func NoFlowAssignedAnew(db *DB) {
	rows, _ := db.Query("parent")
	rows.Close()
	rows, _ = db.Query("other")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		db.child(id)
	}
}

func NoFlowOtherField(db *DB) {
	var pg page
	pg.Tags = tags(db)
	pg.Posts = posts()
	for _, p := range pg.Posts {
		db.child(p.ID)
	}
}

func NoFlowOtherFieldOfReceiver(db *DB) {
	pg := &page{db: db, Posts: posts()}
	pg.Tags = tags(db)
	pg.fill()
}

func NoFlowCondition(db *DB) {
	list := tags(db)
	for _, p := range posts() {
		if p.ID == list[0] || len(list) > 0 {
			db.child(p.ID)
		}
	}
}

func NoFlowConstantInLoop(db *DB) {
	list := tags(db)
	for _, p := range posts() {
		keep(p.ID)
		db.child(list[0])
	}
}

func NoFlowOtherParameter(db *DB) { fillTagged(db, tags(db), posts()) }

func fillTagged(db *DB, tagged []int, list []Post) {
	keep(len(tagged))
	for _, p := range list {
		db.child(p.ID)
	}
}

func NoFlowOtherArgument(db *DB) {
	tagged := tags(db)
	fillTagged(db, tagged, posts())
}

func NoFlowNextStatement(db *DB) {
	user := tags(db)
	var list []Post
	db.Get(&list, "other", user[0])
	for _, p := range list {
		db.child(p.ID)
	}
}

func NoFlowError(db *DB) {
	_, err := db.posts()
	for _, p := range posts() {
		if err != nil {
			return
		}
		db.Query("child", p.ID, err)
	}
}

func NoFlowLater(db *DB) {
	var list []Post
	for _, p := range list[:0] {
		db.child(p.ID)
	}
	for _, p := range posts() {
		db.child(p.ID)
	}
	db.Get(&list, "parent")
}

func NoFlowOneLineApart(db *DB) {
	tags(db)
	each(posts(), func(p Post) { db.child(p.ID) })
}

func NoFlowLookUp(db *DB) {
	names := map[int]int{1: 1, 2: 2, 3: 3}
	for _, id := range tags(db) {
		db.child(names[id])
	}
}

func NoFlowGoroutines(db *DB) {
	list := tags(db)
	var wg sync.WaitGroup
	for _, p := range posts() {
		wg.Go(func() { db.child(p.ID) })
	}
	wg.Wait()
	keep(list[0])
}

func NoFlowShadowed(db *DB) {
	list := tags(db)
	{
		list := []int{1, 2, 3}
		for _, id := range list {
			db.child(id)
		}
	}
	keep(list[0])
}

func NoFlowUnrelatedCaller(db *DB) {
	loadTags(db)
	fill(db, "", posts())
}

func loadTags(db *DB) []int { return tags(db) }
