package cli

import (
	"context"
	"errors"
	"reflect"
	"sync"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/report"
	"github.com/nplusgone/nplusgone/testdata/app"
)

// A demo is the result of requesting every route of the example application.
type demo struct {
	doc      *report.Document
	cases    []demoCase
	requests int
}

// A demoCase is a case of the example application with the results of its two routes.
type demoCase struct {
	app.Case
	bad, good routeResult
}

// A routeResult is what one request found and ran.
type routeResult struct {
	found        []finding.Finding
	statements   int
	milliseconds float64 // of the fastest request
}

// requestsPerRoute is how often each route is requested. The first request fills the caches of the database; the fastest
// one is what the route costs.
const requestsPerRoute = 3

// runDemo serves the example application behind a Watcher and requests the routes of each case. One demo runs at a time:
// it sets the source of the process.
func runDemo(ctx context.Context) (_ *demo, err error) {
	finder := source.New(source.WithFS(reflect.TypeFor[app.Case]().PkgPath(), app.Source()))
	detector.SetProcessSource(finder)
	defer func() {
		detector.SetProcessSource(nil)
		err = errors.Join(err, finder.Close())
	}()
	var found findings
	watcher, err := nplusgone.New(nplusgone.WithSink(&found), nplusgone.WithLevel(nplusgone.Suspect))
	if err != nil {
		return nil, err
	}
	database, err := openDemoDatabase(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, database.close()) }()
	server, err := serve(watcher.Middleware(app.New(database.db)))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.close()) }()

	d := new(demo)
	var before routeResult // the sums of all requests so far
	request := func(r app.Request) (result routeResult) {
		for i := range requestsPerRoute {
			if err == nil {
				err = server.request(ctx, r)
				d.requests++
			}
			sum := total(watcher.Report().Profile)
			one := routeResult{found.take(), sum.statements - before.statements, sum.milliseconds - before.milliseconds}
			before = sum
			if i == 0 {
				result = one
			}
			result.milliseconds = min(result.milliseconds, one.milliseconds)
		}
		return result
	}
	for _, c := range app.Cases() {
		d.cases = append(d.cases, demoCase{Case: c, bad: request(c.Bad), good: request(c.Good)})
	}
	d.doc = watcher.Report()
	d.doc.Tool = tool()
	return d, err
}

// example returns the first n-plus-one that is proven and has a loop and a parent.
func (d *demo) example() finding.Finding {
	for _, f := range d.doc.Findings {
		if f.Rule == "n-plus-one" && f.Level == nplusgone.Proven && f.Parent != nil && f.Loop != nil {
			return f
		}
	}
	return finding.Finding{}
}

// total returns the sums of a profile.
func total(p finding.Profile) (sum routeResult) {
	for _, s := range p.Scopes {
		sum.statements += s.Statements
		sum.milliseconds += s.Milliseconds
	}
	return sum
}

// findings is a sink that keeps findings until they are taken.
type findings struct {
	mu  sync.Mutex
	all []finding.Finding
}

// Finding implements nplusgone.Sink.
func (s *findings) Finding(_ context.Context, f finding.Finding) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, f)
}

// take returns the findings since the last call.
func (s *findings) take() []finding.Finding {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.all
	s.all = nil
	return all
}
