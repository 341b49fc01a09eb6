package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
)

// batchSize is how many findings are read ahead at once. Few are in memory: what a reader holds is some batches.
const batchSize = 64

// A batch is findings that somebody reads while somebody else writes those before.
type batch struct {
	entries  []*entry
	findings []*finding.Finding
	err      error
	done     chan struct{}
}

// each calls fn with the findings of those kinds, in the order of reports, until it answers an error. Reading and
// decoding them is most of the work, so that it is done ahead, by as many goroutines as there are processors; fn is
// called by the caller's alone.
func (c *Collection) each(kinds kind, fn func(*finding.Finding) error) error {
	workers := runtime.GOMAXPROCS(0)
	todo, inOrder, stop := make(chan *batch), make(chan *batch, 2*workers), make(chan struct{})
	var running sync.WaitGroup
	defer running.Wait() // nobody reads when it returns: Close may follow
	defer close(stop)
	running.Go(func() { c.plan(kinds, todo, inOrder, stop) })
	for range workers {
		running.Go(func() {
			for b := range todo {
				c.readBatch(b)
			}
		})
	}
	for b := range inOrder {
		<-b.done
		for _, f := range b.findings {
			if err := fn(f); err != nil {
				return err
			}
		}
		if b.err != nil {
			return b.err
		}
	}
	return nil
}

// plan makes batches of the entries and hands each to whoever reads it and to whoever waits for it.
func (c *Collection) plan(kinds kind, todo, inOrder chan<- *batch, stop <-chan struct{}) {
	defer close(inOrder)
	defer close(todo)
	b := &batch{done: make(chan struct{})}
	send := func() bool {
		for _, to := range []chan<- *batch{inOrder, todo} {
			select {
			case to <- b:
			case <-stop:
				return false
			}
		}
		b = &batch{done: make(chan struct{})}
		return true
	}
	for _, i := range c.index.order {
		e := c.index.entry(i)
		if kinds&e.kind() == 0 {
			continue
		}
		b.entries = append(b.entries, e)
		if len(b.entries) == batchSize && !send() {
			return
		}
	}
	send()
}

func (c *Collection) readBatch(b *batch) {
	defer close(b.done)
	var body []byte
	for _, e := range b.entries {
		var f *finding.Finding
		if f, body, b.err = c.readInto(e, body); b.err != nil {
			return
		}
		b.findings = append(b.findings, f)
	}
}

// read reads the finding of an entry, settled.
func (c *Collection) read(e *entry) (f *finding.Finding, err error) {
	f, c.body, err = c.readInto(e, c.body)
	return f, err
}

// readInto is read with a buffer, which it returns to be used again. It may be called concurrently.
func (c *Collection) readInto(e *entry, body []byte) (*finding.Finding, []byte, error) {
	body = slices.Grow(body[:0], int(e.size))[:e.size] // what is decoded is copied
	var err error
	if e.source == inSpool {
		_, err = c.spool.ReadAt(body, e.at)
	} else {
		err = c.files.readAt(int(e.source), body, e.at)
	}
	if err != nil {
		return nil, body, err
	}
	var f finding.Finding
	if err := json.Unmarshal(bytes.TrimLeft(body, " \t\r\n,:"), &f); err != nil {
		return nil, body, fmt.Errorf("report: a finding changed while it was being read: %w", err)
	}
	if e.run != 0 {
		f.Package = c.byRun[e.run].start.Package
	}
	if e.known != 0 {
		f.Known = c.reasons[e.known-1]
	}
	f = settleFinding(f)
	return &f, body, nil
}
