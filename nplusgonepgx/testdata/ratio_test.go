//go:build unix

package pgxuses_test

import (
	"context"
	"flag"
	"math/rand/v2"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonepgx/testdata/blog"
)

var ratios = flag.Int("ratios", 0, "measure what watching costs in this many `rounds`")

// TestRatios measures what watching costs, as ratios to bare connections in the same round:
//
//	go test -run TestRatios -v -ratios 60 .
//
// A round runs each workload on each connection in random order; the median over the rounds is printed, so that slow noise of
// the machine is in both terms. Connections have no TLS. The server is on this machine: a network adds to both sides of the
// time. The processor time is that of this process alone, and says what is left when the server takes no time.
func TestRatios(t *testing.T) {
	if *ratios == 0 {
		t.Skip("-ratios is not given")
	}
	c := config(t)
	c.ConnConfig.TLSConfig, c.ConnConfig.Fallbacks = nil, nil
	bare, err := pgx.ConnectConfig(t.Context(), c.ConnConfig)
	if err != nil {
		t.Fatal(err)
	}
	defer bare.Close(context.Background())
	watched := connect(t, c)
	w, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	subjects := []struct {
		name   string
		db     blog.DB
		scoped bool
	}{{"bare", bare, false}, {"watched", watched, true}, {"watched without a scope", watched, false}}
	workloads := []struct {
		name string
		per  int
		run  func(ctx context.Context, db blog.DB) error
	}{
		{"Exec", 200, func(ctx context.Context, db blog.DB) error {
			for i := range 200 {
				if _, err := db.Exec(ctx, "SELECT id FROM authors WHERE id = $1", i); err != nil {
					return err
				}
			}
			return nil
		}},
		{"QueryRow", 200, func(ctx context.Context, db blog.DB) error {
			var id int64
			for range 200 {
				if err := db.QueryRow(ctx, "SELECT id FROM authors WHERE id = $1", 1007).Scan(&id); err != nil {
					return err
				}
			}
			return nil
		}},
		{"batch of 20", 10, func(ctx context.Context, db blog.DB) error {
			for range 10 {
				batch := new(pgx.Batch)
				for i := range 20 {
					batch.Queue("SELECT id FROM authors WHERE id = $1", 1000+7*i)
				}
				if err := db.SendBatch(ctx, batch).Close(); err != nil {
					return err
				}
			}
			return nil
		}},
		{"row of 4 columns", 20000, func(ctx context.Context, db blog.DB) error {
			rows, err := db.Query(ctx, "SELECT n AS id, n * 7 AS score, 'item ' || n AS name, 'a description of ' || n AS note FROM generate_series(1, $1) n, authors WHERE authors.id = 1007", 20000)
			if err != nil {
				return err
			}
			defer rows.Close()
			var id, score int64
			var name, note string
			for rows.Next() {
				if err := rows.Scan(&id, &score, &name, &note); err != nil {
					return err
				}
			}
			return rows.Err()
		}},
	}
	times, processor := make([][][]float64, len(workloads)), make([][][]float64, len(workloads))
	for i := range times {
		times[i], processor[i] = make([][]float64, len(subjects)), make([][]float64, len(subjects))
	}
	for round := range *ratios + 1 {
		for i, work := range workloads {
			runtime.GC()
			took, used := make([]float64, len(subjects)), make([]float64, len(subjects))
			for _, k := range rand.Perm(len(subjects)) {
				ctx, end := context.Background(), func() {}
				if subjects[k].scoped {
					ctx, end = w.Begin(ctx, "ratios")
				}
				start, before := time.Now(), processorTime(t)
				err := work.run(ctx, subjects[k].db)
				took[k] = float64(time.Since(start).Nanoseconds()) / float64(work.per)
				used[k] = float64((processorTime(t) - before).Nanoseconds()) / float64(work.per)
				end()
				if err != nil {
					t.Fatal(err)
				}
			}
			if round == 0 {
				continue // it fills caches
			}
			for k := range subjects {
				times[i][k] = append(times[i][k], took[k])
				processor[i][k] = append(processor[i][k], used[k])
			}
		}
	}
	for i, work := range workloads {
		for k, s := range subjects {
			var ratio, ofProcessor []float64
			for r := range times[i][k] {
				ratio = append(ratio, times[i][k][r]/times[i][0][r])
				ofProcessor = append(ofProcessor, processor[i][k][r]/max(processor[i][0][r], 1))
			}
			t.Logf("%-18s %-24s time %8.0f ns, ratio %.2f   processor %7.0f ns, ratio %.2f", work.name, s.name,
				median(times[i][k]), median(ratio), median(processor[i][k]), median(ofProcessor))
		}
	}
}

// processorTime returns the processor time that this process has used.
func processorTime(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func median(of []float64) float64 {
	s := slices.Sorted(slices.Values(of))
	return s[len(s)/2]
}
