package cli

import (
	"context"
	"errors"
	"reflect"
	"sync"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/detector"
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
	bad, good []detector.Finding
}

// takeTour seeds the example application, serves it behind a Watcher, and requests the two routes of each case.
func takeTour(ctx context.Context) (_ *tour, err error) {
	var told recorder
	appPath := reflect.TypeFor[app.Case]().PkgPath()
	watcher, err := nplusgone.New(
		nplusgone.WithSource(source.New(source.WithFS(appPath, app.Source()))),
		nplusgone.WithSink(&told),
		nplusgone.WithLevel(detector.Suspect),
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
	visit := func(r app.Request) []detector.Finding {
		if err == nil {
			err = site.request(ctx, r)
			t.requests++
		}
		return told.take()
	}
	for _, c := range app.Cases() {
		t.stops = append(t.stops, stop{Case: c, bad: visit(c.Bad), good: visit(c.Good)})
	}
	t.doc = watcher.Report()
	t.doc.Tool = tool()
	return t, err
}

// A recorder keeps the findings that it is told until they are taken.
type recorder struct {
	mu    sync.Mutex
	found []detector.Finding
}

// Finding implements detector.Sink.
func (r *recorder) Finding(_ context.Context, f detector.Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found = append(r.found, f)
}

// take returns what was found since it was called last.
func (r *recorder) take() []detector.Finding {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := r.found
	r.found = nil
	return found
}
