package detector

import (
	"context"
	"sync"

	"github.com/nplusgone/nplusgone/internal/record"
)

// Limits of the scopes that wait for their analysis. A service that reaches them has several times the statements that one processor
// can analyse.
const (
	maxWaiting      = 1024
	maxWaitingBytes = 16 << 20
)

// overloaded is why a scope was not checked that found the queue full.
const overloaded = "more scopes ended than could be analysed"

// A queue holds the scopes of a detector that have ended and are analysed later, on a goroutine of its own that ends when none is left.
type queue struct {
	mu      sync.Mutex
	done    sync.Cond // no scope is left
	waiting []waiting
	bytes   int // of the scopes that wait
	running bool
}

// A waiting scope is one that has ended.
type waiting struct {
	ctx    context.Context
	frozen *record.Frozen
}

// EndLater ends the scope as End does, and returns before it is analysed: sinks are called on another goroutine, with the values of
// ctx, which is not cancelled for them. When too many scopes wait, this one is not checked, and the profile says so. It is for
// requests, whose clients must not wait.
func (s *Scope) EndLater(ctx context.Context) {
	frozen, ok := s.Scope.End()
	if !ok {
		return
	}
	d := s.detector
	switch {
	case len(frozen.Groups) == 0:
		d.ended(ctx, frozen) // there is nothing to find
	case !d.queue.add(waiting{context.WithoutCancel(ctx), frozen}, d.endedLater):
		d.unchecked(frozen)
	}
}

// unchecked adds the sums of a scope that is not analysed.
func (d *Detector) unchecked(frozen *record.Frozen) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_ = protect(frozen.Name, "its statements were not summed up", func() {
		d.profile.add(frozen, nil, nil)
		d.profile.addFailure(frozen.Name, &failure{why: overloaded})
	})
}

// endedLater analyses a scope that has waited. No caller of the application would recover a panic.
func (d *Detector) endedLater(w waiting) {
	_ = protect(w.frozen.Name, "its analysis panicked", func() { d.ended(w.ctx, w.frozen) })
}

// Wait returns when all scopes that EndLater has ended before are analysed.
func (d *Detector) Wait() {
	q := &d.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.done.L = &q.mu
	for q.running {
		q.done.Wait()
	}
}

// add adds a scope that analyse is called with. It reports false if the queue is full.
func (q *queue) add(w waiting, analyse func(waiting)) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) >= maxWaiting || q.bytes+w.frozen.Bytes > maxWaitingBytes {
		return false
	}
	q.waiting = append(q.waiting, w)
	q.bytes += w.frozen.Bytes
	if !q.running {
		q.running = true
		go q.run(analyse)
	}
	return true
}

// run analyses scopes until none is left.
func (q *queue) run(analyse func(waiting)) {
	for {
		w, ok := q.next()
		if !ok {
			return
		}
		analyse(w)
	}
}

// next removes the first scope; ok is false if there is none.
func (q *queue) next() (w waiting, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		q.waiting, q.running = nil, false
		q.done.Broadcast()
		return w, false
	}
	w, q.waiting[0] = q.waiting[0], waiting{}
	q.waiting = q.waiting[1:]
	q.bytes -= w.frozen.Bytes
	return w, true
}
