package telemetry

import (
	"context"
	"database/sql"
	"slices"
	"sync"

	"github.com/sourcegraph/conc"
	"github.com/sourcegraph/conc/iter"
	"github.com/sourcegraph/conc/pool"
	"golang.org/x/sync/errgroup"
)

func latestValues(ctx context.Context, db *sql.DB) error {
	s := &store{db}
	list, err := s.sensors(ctx)
	if err != nil {
		return err
	}
	values := make([]float64, len(list))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(4)
	for i, v := range list { // want loop: n-plus-one
		g.Go(func() error {
			x, err := s.latest(gctx, v.id)
			values[i] = x
			return err
		})
	}
	return g.Wait()
}

func nightlySummary(ctx context.Context, db *sql.DB) error {
	s := &store{db}
	list, err := s.sensors(ctx)
	if err != nil {
		return err
	}
	ids := make(chan int64)
	found := make(chan summary)
	fail := make(chan error, 3)
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for id := range ids { // want loop: n-plus-one
				sum, err := s.summarise(ctx, id)
				if err != nil {
					select {
					case fail <- err:
					default:
					}
					continue
				}
				found <- sum
			}
		}()
	}
	go func() {
		for _, v := range list { // also loop: n-plus-one
			ids <- v.id
		}
		close(ids)
		wg.Wait()
		close(found)
	}()
	var all []summary
	for sum := range found {
		all = append(all, sum)
	}
	select {
	case err := <-fail:
		return err
	default:
	}
	return s.saveSummaries(ctx, all)
}

type collector struct {
	*store
	mu     sync.Mutex
	counts map[int64]int
	err    error
}

func (c *collector) collect(ctx context.Context, wg *sync.WaitGroup, id int64) {
	defer wg.Done()
	n, err := c.alertCount(ctx, id)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.err = err
		return
	}
	c.counts[id] = n
}

func alertBoard(ctx context.Context, db *sql.DB) error {
	c := &collector{store: &store{db}, counts: map[int64]int{}}
	list, err := c.sensors(ctx)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, v := range list { // want loop: n-plus-one
		wg.Add(1)
		go c.collect(ctx, &wg, v.id)
	}
	wg.Wait()
	return c.err
}

func siteReport(ctx context.Context, db *sql.DB) error {
	s := &store{db}
	list, err := s.sensors(ctx)
	if err != nil {
		return err
	}
	_, err = iter.MapErr(list, func(v *sensor) (summary, error) { // want loop: n-plus-one
		return s.summarise(ctx, v.id)
	})
	return err
}

func healthBoard(ctx context.Context, db *sql.DB) error {
	s := &store{db}
	list, err := s.sensors(ctx)
	if err != nil {
		return err
	}
	p := pool.NewWithResults[int]().WithContext(ctx).WithMaxGoroutines(5)
	for _, v := range list { // want loop: n-plus-one
		p.Go(func(ctx context.Context) (int, error) { return s.alertCount(ctx, v.id) })
	}
	_, err = p.Wait()
	return err
}

func calibrators(ctx context.Context, db *sql.DB) error {
	s := &store{db}
	list, err := s.sensors(ctx)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	errs := make([]error, len(list))
	for i := range list { // want loop: n-plus-one
		wg.Go(func() {
			var by sql.NullInt64
			errs[i] = db.QueryRow(`SELECT calibrated_by FROM sensors WHERE id = $1`, list[i].id).Scan(&by)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func storeAlerts(ctx context.Context, db *sql.DB) error {
	list, err := (&store{db}).sensors(ctx)
	if err != nil {
		return err
	}
	queue := make(chan sensor, len(list))
	for _, v := range list { // also loop: row-by-row-insert
		queue <- v
	}
	close(queue)
	g, ctx := errgroup.WithContext(ctx)
	for range 2 {
		g.Go(func() error { return drain(ctx, db, queue) })
	}
	return g.Wait()
}

func drain(ctx context.Context, db *sql.DB, queue <-chan sensor) error {
	for v := range queue { // want loop: row-by-row-insert
		if _, err := db.ExecContext(ctx, `INSERT INTO alerts (sensor_id, level) VALUES ($1, $2)`, v.id, 2); err != nil {
			return err
		}
	}
	return nil
}

func refreshStates(ctx context.Context, db *sql.DB) error {
	list, err := (&store{db}).sensors(ctx)
	if err != nil {
		return err
	}
	slots := make(chan struct{}, 4)
	var wg conc.WaitGroup
	for _, v := range list { // want loop: row-by-row-update
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			if _, err := db.ExecContext(ctx, `UPDATE sensors SET state = $2 WHERE id = $1`, v.id, "seen"); err != nil {
				panic(err)
			}
		})
	}
	wg.Wait()
	return nil
}

func weeklySummary(ctx context.Context, db *sql.DB) error {
	s := &store{db}
	list, err := s.sensors(ctx)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(3)
	for part := range slices.Chunk(idsOf(list), 5) {
		g.Go(func() error {
			sums, err := s.summariseAll(ctx, part)
			if err != nil {
				return err
			}
			return s.saveSummaries(ctx, sums)
		})
	}
	return g.Wait()
}

func overview(ctx context.Context, db *sql.DB) error {
	var sensors, alerts, readings, jobs int
	count := func(ctx context.Context, q string, into *int) func() error {
		return func() error { return db.QueryRowContext(ctx, q).Scan(into) }
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(count(ctx, `SELECT count(*) FROM sensors`, &sensors))
	g.Go(count(ctx, `SELECT count(*) FROM alerts`, &alerts))
	g.Go(count(ctx, `SELECT count(*) FROM readings`, &readings))
	g.Go(count(ctx, `SELECT count(*) FROM jobs`, &jobs))
	return g.Wait()
}

func regionalTotals(ctx context.Context, db *sql.DB) error {
	var mu sync.Mutex
	totals := map[string]float64{}
	g, ctx := errgroup.WithContext(ctx)
	for _, region := range []string{"north", "south", "east", "west"} {
		g.Go(func() error {
			var sum float64
			err := db.QueryRowContext(ctx, `SELECT coalesce(sum(value), 0) FROM readings_`+region).Scan(&sum)
			mu.Lock()
			totals[region] = sum
			mu.Unlock()
			return err
		})
	}
	return g.Wait()
}

func gradeSensors(ctx context.Context, db *sql.DB) error {
	s := &store{db}
	list, err := s.sensors(ctx)
	if err != nil {
		return err
	}
	sums, err := s.summariseAll(ctx, idsOf(list))
	if err != nil {
		return err
	}
	graded := iter.Map(sums, func(v *summary) summary {
		out := *v
		out.mean.Float64 = float64(int(out.mean.Float64*10)) / 10
		return out
	})
	return s.saveSummaries(ctx, graded)
}

func copyReadings(ctx context.Context, db *sql.DB) error {
	const size = 40
	pages := make(chan []int64)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(pages)
		last := int64(0)
		for {
			page, err := readingPage(ctx, db, last, size)
			if err != nil || len(page) == 0 {
				return err
			}
			last = page[len(page)-1]
			select {
			case pages <- page:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	for range 2 {
		g.Go(func() error {
			for page := range pages {
				if _, err := db.ExecContext(ctx, `INSERT INTO readings_north SELECT sensor_id, value FROM readings WHERE id = ANY($1)`, page); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

func readingPage(ctx context.Context, db *sql.DB, after int64, size int) ([]int64, error) {
	rows, err := db.QueryContext(ctx, `SELECT id FROM readings WHERE id > $1 ORDER BY id LIMIT $2`, after, size)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

func flushAlerts(ctx context.Context, db *sql.DB) error {
	list, err := (&store{db}).sensors(ctx)
	if err != nil {
		return err
	}
	in := make(chan sensor)
	go func() {
		defer close(in)
		for _, v := range list {
			in <- v
		}
	}()
	buf := make([]int64, 0, 8)
	flush := func() error {
		if len(buf) == 0 {
			return nil
		}
		_, err := db.ExecContext(ctx, `INSERT INTO alerts (sensor_id, level) SELECT unnest($1::bigint[]), 1`, slices.Clone(buf))
		buf = buf[:0]
		return err
	}
	for v := range in {
		if buf = append(buf, v.id); len(buf) == cap(buf) {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}
