package cli

import (
	"context"
	"errors"
	"reflect"
	"sync"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/report"
	"github.com/nplusgone/nplusgone/testdata/app"
)

// A tour has requested every route of the example application once.
type tour struct {
	doc      *report.Document
	stops    []stop
	requests int
}

// A stop is a case of the example application, and what was found at its two routes.
type stop struct {
	app.Case
	bad, good visit
}

// A visit is one request: what was found, and what it took.
type visit struct {
	found        []finding.Finding
	statements   int
	milliseconds float64
}

// turns is how often each route is requested: the first request pays for what the database keeps, the quickest one tells
// what the route costs.
const turns = 3

// takeTour seeds the example application, serves it behind a Watcher, and requests the two routes
// of each case.
func takeTour(ctx context.Context) (_ *tour, err error) {
	var told recorder
	finder := source.New(source.WithFS(reflect.TypeFor[app.Case]().PkgPath(), app.Source()))
	defer func() { err = errors.Join(err, finder.Close()) }()
	watcher, err := nplusgone.New(
		nplusgone.WithSource(finder),
		nplusgone.WithSink(&told),
		nplusgone.WithLevel(finding.Suspect),
	)
	if err != nil {
		return nil, err
	}
	room, err := openRoom(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, room.close()) }()
	site, err := serve(watcher.Middleware(app.New(room.db)))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, site.close()) }()

	t := new(tour)
	var before visit // all so far
	request := func(r app.Request) (best visit) {
		for turn := range turns {
			if err == nil {
				err = site.request(ctx, r)
				t.requests++
			}
			sum := total(watcher.Report().Profile)
			took := visit{told.take(), sum.statements - before.statements, sum.milliseconds - before.milliseconds}
			before = sum
			if turn == 0 {
				best = took
			}
			best.milliseconds = min(best.milliseconds, took.milliseconds)
		}
		return best
	}
	for _, c := range app.Cases() {
		t.stops = append(t.stops, stop{Case: c, bad: request(c.Bad), good: request(c.Good)})
	}
	t.doc = watcher.Report()
	t.doc.Tool = tool()
	return t, err
}

// total sums a profile up.
func total(p finding.Profile) (sum visit) {
	for _, s := range p.Scopes {
		sum.statements += s.Statements
		sum.milliseconds += s.Milliseconds
	}
	return sum
}

// A recorder keeps the findings that it is told until they are taken.
type recorder struct {
	mu    sync.Mutex
	found []finding.Finding
}

// Finding implements detector.Sink.
func (r *recorder) Finding(_ context.Context, f finding.Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found = append(r.found, f)
}

// take returns what was found since it was called last.
func (r *recorder) take() []finding.Finding {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := r.found
	r.found = nil
	return found
}
