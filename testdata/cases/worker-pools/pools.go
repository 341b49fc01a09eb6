// Package pools submits rows to worker pools and to functions that iterate over slices. The loop is in the
// application; a goroutine of a library runs the statement. A finding is wanted at the loop that submits, or at
// the call that iterates. It is an n-plus-one, and for inserts and for repeated queries the rule for these.
//
// Related issues: grafana/grafana#119283, getsentry/sentry#50079, xataio/pgstream#729.
package pools

import (
	"context"
	"database/sql"
	"sync"

	"github.com/alitto/pond/v2"
	"github.com/gammazero/workerpool"
	"github.com/panjf2000/ants/v2"
	"github.com/samber/lo"
	lop "github.com/samber/lo/parallel"
	"github.com/sourcegraph/conc/iter"
	"github.com/sourcegraph/conc/pool"
)

func keys(ctx context.Context, db *sql.DB) (out []string, err error) {
	rows, err := db.QueryContext(ctx, "SELECT code FROM shops ORDER BY code")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func total(ctx context.Context, db *sql.DB, code string) (n int) {
	_ = db.QueryRowContext(ctx, "SELECT COALESCE(SUM(cents), 0) FROM sales WHERE shop_code = ?", code).Scan(&n) // callTotal
	return
}

type sums struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *sums) put(k string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = map[string]int{}
	}
	s.m[k] = n
}

func Pond(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	p := pond.NewPool(3)
	for _, k := range all { // loopPond
		p.Submit(func() { s.put(k, total(ctx, db, k)) })
	}
	p.StopAndWait()
	return &s
}

func PondGroup(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	p := pond.NewPool(3)
	g := p.NewGroup()
	for _, k := range all { // loopPondGroup
		g.Submit(func() { s.put(k, total(ctx, db, k)) })
	}
	g.Wait()
	p.StopAndWait()
	return &s
}

func Worker(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	p := workerpool.New(3)
	for _, k := range all { // loopWorker
		p.Submit(func() { s.put(k, total(ctx, db, k)) })
	}
	p.StopWait()
	return &s
}

func Ants(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	var wg sync.WaitGroup
	p, _ := ants.NewPool(3)
	defer p.Release()
	for _, k := range all { // loopAnts
		wg.Add(1)
		_ = p.Submit(func() {
			defer wg.Done()
			s.put(k, total(ctx, db, k))
		})
	}
	wg.Wait()
	return &s
}

func AntsFunc(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	var wg sync.WaitGroup
	p, _ := ants.NewPoolWithFunc(3, func(v any) { // callAntsFunc
		defer wg.Done()
		s.put(v.(string), total(ctx, db, v.(string))) // callAntsFunc2
	})
	defer p.Release()
	for _, k := range all { // loopAntsFunc
		wg.Add(1)
		_ = p.Invoke(k)
	}
	wg.Wait()
	return &s
}

func Conc(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	p := pool.New().WithMaxGoroutines(3)
	for _, k := range all { // loopConc
		p.Go(func() { s.put(k, total(ctx, db, k)) })
	}
	p.Wait()
	return &s
}

func ConcIter(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	iter.ForEach(all, func(k *string) { s.put(*k, total(ctx, db, *k)) }) // loopConcIter
	return &s
}

func Lo(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	lo.ForEach(all, func(k string, _ int) { s.put(k, total(ctx, db, k)) }) // loopLo
	return &s
}

func LoParallel(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	lop.ForEach(all, func(k string, _ int) { s.put(k, total(ctx, db, k)) }) // loopLoParallel
	return &s
}

// A job is the receiver of a method that runs in a goroutine.
type job struct {
	ctx context.Context
	db  *sql.DB
	k   string
	s   *sums
	wg  *sync.WaitGroup
}

func (j *job) run() {
	defer j.wg.Done()
	j.s.put(j.k, total(j.ctx, j.db, j.k))
}

func Method(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	var wg sync.WaitGroup
	for _, k := range all { // loopMethod
		wg.Add(1)
		go (&job{ctx, db, k, &s, &wg}).run()
	}
	wg.Wait()
	return &s
}

func worker(ctx context.Context, db *sql.DB, k string, s *sums, wg *sync.WaitGroup) {
	defer wg.Done()
	s.put(k, total(ctx, db, k))
}

func Named(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	var wg sync.WaitGroup
	for _, k := range all { // loopNamed
		wg.Add(1)
		go worker(ctx, db, k, &s, &wg)
	}
	wg.Wait()
	return &s
}

// A runner starts a goroutine for each function it is given.
type runner struct{ wg sync.WaitGroup }

func (r *runner) Do(f func()) {
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		f()
	}()
}

func Own(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	var r runner
	for _, k := range all { // loopOwn
		r.Do(func() { s.put(k, total(ctx, db, k)) })
	}
	r.wg.Wait()
	return &s
}

// Tasks collects closures, and then runs them with inParallel.
func Tasks(ctx context.Context, db *sql.DB, all []string) *sums {
	var s sums
	var tasks []func()
	for _, k := range all { // loopTasks
		tasks = append(tasks, func() { s.put(k, total(ctx, db, k)) })
	}
	inParallel(tasks...)
	return &s
}

func inParallel(tasks ...func()) {
	var wg sync.WaitGroup
	for _, t := range tasks { // loopParallel
		wg.Go(t)
	}
	wg.Wait()
}
