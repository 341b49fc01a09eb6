// Package workers starts a few goroutines in a loop, and each of them goes over rows of its own: over a channel that all share, or
// over a part of the keys. A finding is wanted at the loop over the rows. The loop that starts the goroutines makes one turn for each
// of these, however many rows there are.
package workers

import (
	"context"
	"database/sql"
	"slices"
	"sync"
)

// keys returns the codes of all shops.
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

type sums struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *sums) add(ctx context.Context, db *sql.DB, code string) {
	var n int
	_ = db.QueryRowContext(ctx, "SELECT COALESCE(SUM(cents), 0) FROM sales WHERE shop_code = ?", code).Scan(&n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = map[string]int{}
	}
	s.m[code] = n
}

// Channel has workers that take codes from a channel.
func Channel(ctx context.Context, db *sql.DB, all []string, workers int) *sums {
	var s sums
	var wg sync.WaitGroup
	jobs := make(chan string)
	for w := 0; w < workers; w++ { // startChannel
		wg.Add(1)
		go func() {
			defer wg.Done()
			for code := range jobs { // loopChannel
				s.add(ctx, db, code)
			}
		}()
	}
	for _, code := range all {
		jobs <- code
	}
	close(jobs)
	wg.Wait()
	return &s
}

// Named has declared functions as workers. Each takes one code before any takes a second one.
func Named(ctx context.Context, db *sql.DB, all []string, workers int) *sums {
	var s sums
	var wg sync.WaitGroup
	jobs := make(chan string, len(all))
	for _, code := range all {
		jobs <- code
	}
	close(jobs)
	var begun sync.WaitGroup
	begun.Add(workers)
	for range workers { // startNamed
		wg.Add(1)
		go work(ctx, db, jobs, &s, &wg, &begun)
	}
	wg.Wait()
	return &s
}

func work(ctx context.Context, db *sql.DB, jobs <-chan string, s *sums, wg, begun *sync.WaitGroup) {
	defer wg.Done()
	first := true
	for code := range jobs { // loopNamed
		s.add(ctx, db, code)
		if first {
			first = false
			begun.Done()
			begun.Wait()
		}
	}
}

// Parts gives each goroutine a part of the keys: the last one has a single key.
func Parts(ctx context.Context, db *sql.DB, all []string, workers int) *sums {
	var s sums
	var wg sync.WaitGroup
	for part := range slices.Chunk(all, (len(all)+workers-1)/workers) { // startParts
		wg.Go(func() {
			for _, code := range part { // loopParts
				s.add(ctx, db, code)
			}
		})
	}
	wg.Wait()
	return &s
}

// Each starts a goroutine for each row, and nothing goes over rows in it: the loop that starts them is the one.
func Each(ctx context.Context, db *sql.DB, all []string, _ int) *sums {
	var s sums
	var wg sync.WaitGroup
	for _, code := range all { // loopEach
		wg.Go(func() { s.add(ctx, db, code) })
	}
	wg.Wait()
	return &s
}

// Retried starts a goroutine for each row, in which a loop tries again until there is no error.
func Retried(ctx context.Context, db *sql.DB, all []string, _ int) *sums {
	var s sums
	var wg sync.WaitGroup
	for _, code := range all { // loopRetried
		wg.Go(func() {
			for try := 0; try < 3; try++ {
				if ctx.Err() == nil {
					s.add(ctx, db, code)
					return
				}
			}
		})
	}
	wg.Wait()
	return &s
}
