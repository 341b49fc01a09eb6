package detector

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nplusgone/nplusgone/finding"
)

type traceKey struct{}

// Proves that EndLater returns while a sink blocks, that sinks get the values of a context that has been cancelled, that Wait waits
// for them, and that no goroutine is left.
func TestEndLaterDoesNotWait(t *testing.T) {
	release, traces := make(chan struct{}), make(chan any, 10)
	d, err := New(WithSink(SinkFunc(func(ctx context.Context, _ finding.Finding) {
		<-release
		traces <- ctx.Value(traceKey{})
		traces <- ctx.Err()
	})))
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	for range 2 {
		ctx, cancel := context.WithCancel(context.WithValue(t.Context(), traceKey{}, "trace"))
		ctx, s := d.Begin(ctx, "GET /posts")
		repeatedly(s, 5)
		s.EndLater(ctx)
		cancel()
	}
	if n := len(traces); n != 0 {
		t.Errorf("the sink returned %d times before it could", n)
	}
	close(release)
	d.Wait()
	for range 2 {
		if trace, err := <-traces, <-traces; trace != "trace" || err != nil {
			t.Errorf("the sink's context has the trace %v and the error %v", trace, err)
		}
	}
	if p := d.Profile(); len(d.Findings()) != 1 || len(p.Scopes) != 1 || p.Scopes[0].Scopes != 2 {
		t.Errorf("findings %v, profile %+v; want one finding in two scopes of one name", d.Findings(), p)
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// Proves that scopes which do not fit into the queue are counted, and are said not to be checked.
func TestScopesBeyondTheQueueAreNotChecked(t *testing.T) {
	const beyond = 5
	release := make(chan struct{})
	started := make(chan struct{}, 2*maxWaiting)
	d, err := New(WithSink(SinkFunc(func(context.Context, finding.Finding) {
		started <- struct{}{}
		<-release
	})))
	if err != nil {
		t.Fatal(err)
	}
	end := func() {
		ctx, s := d.Begin(t.Context(), "GET /posts")
		repeatedly(s, 5)
		s.EndLater(ctx)
	}
	end()
	<-started // its sink holds the goroutine, and the queue is empty
	for range maxWaiting + beyond {
		end()
	}
	close(release)
	d.Wait()
	p := d.Profile()
	if len(p.Scopes) != 1 || p.Scopes[0].Scopes != 1+maxWaiting+beyond || strings.Join(p.Scopes[0].NotChecked, "") != overloaded {
		t.Errorf("the profile is %+v", p)
	}
	if n := len(started); n != maxWaiting {
		t.Errorf("%d scopes of the queue were analysed, want %d", n, maxWaiting)
	}
}

// Proves that a scope without statements that can be found needs no goroutine, and that EndLater after End does nothing.
func TestEndLaterOfAnEndedScope(t *testing.T) {
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, s := d.Begin(t.Context(), "GET /health")
	s.EndLater(ctx)
	if p := d.Profile(); len(p.Scopes) != 1 || p.Scopes[0].Scopes != 1 {
		t.Errorf("the profile is %+v before Wait", p)
	}
	s.EndLater(ctx)
	d.Wait()
	if p := d.Profile(); p.Scopes[0].Scopes != 1 {
		t.Errorf("the scope ended twice: %+v", p)
	}
}
