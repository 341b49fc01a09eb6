package pgxstd

import (
	"context"
	"database/sql"
	"io"
	"log"
	"sync"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type tremor struct {
	At        time.Time
	Magnitude float64
	DepthKm   float64
}

type tremorSource struct {
	db  pgq.DB
	log *log.Logger
}

// stream sends the tremors of a volcano to out and closes it.
func (s *tremorSource) stream(ctx context.Context, volcano string, out chan<- tremor) error {
	defer close(out)
	n := 0
	for t, err := range pgq.Each[tremor](ctx, s.db, `SELECT at, magnitude, depth_km FROM tremors WHERE volcano = $1 ORDER BY at`, volcano) {
		if err != nil {
			return err
		}
		select {
		case out <- t:
			n++
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	s.log.Printf("%s: %d tremors", volcano, n)
	return nil
}

type seismograph struct {
	last   time.Time
	energy []float64
}

func (g *seismograph) draw(in <-chan tremor) {
	for t := range in {
		g.energy = append(g.energy, t.Magnitude*1.5+4.8-t.DepthKm/100)
		g.last = t.At
	}
}

var volcanoStream = rowuse.Case{
	Name:   "tremors of a volcano are streamed to a graph",
	Why:    "The rows go through a channel to another goroutine, which uses each; the count is only logged.",
	Driver: "pgx",
	Schema: `
CREATE TABLE tremors (id bigserial PRIMARY KEY, volcano text NOT NULL, at timestamptz NOT NULL, magnitude double precision NOT NULL, depth_km double precision NOT NULL);
INSERT INTO tremors (volcano, at, magnitude, depth_km) SELECT CASE i % 2 WHEN 0 THEN 'Etna' ELSE 'Hekla' END, now() - i * interval '1 minute', i % 5, i FROM generate_series(1, 50) i;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		src := &tremorSource{db, log.New(io.Discard, "", 0)}
		ch := make(chan tremor, 8)
		var g seismograph
		var wg sync.WaitGroup
		wg.Go(func() { g.draw(ch) })
		err := src.stream(ctx, "Etna", ch)
		wg.Wait()
		Sink = &g
		return err
	},
}
