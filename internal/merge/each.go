package merge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// batchSize is how many findings are read ahead at once. A reader holds a few batches in memory.
const batchSize = 64

// A batch is a number of findings that are read while earlier ones are being written.
type batch struct {
	entries  []*entry
	findings []*finding.Finding
	err      error
	done     chan struct{}
}

// each calls fn with the findings of the given kinds, in order, until it returns an error. Reading and decoding is most of
// the work, so one goroutine per processor reads ahead; fn is called on the caller's goroutine only.
func (c *Collection) each(kinds report.Kind, fn func(*finding.Finding) error) error {
	workers := runtime.GOMAXPROCS(0)
	todo, inOrder, stop := make(chan *batch), make(chan *batch, 2*workers), make(chan struct{})
	var running sync.WaitGroup
	defer running.Wait() // no goroutine may read after return, because Close may follow
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

// plan divides the entries into batches and sends each to both channels: in order to the consumer, and to a reader.
func (c *Collection) plan(kinds report.Kind, todo, inOrder chan<- *batch, stop <-chan struct{}) {
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

// read reads the finding of an entry, normalized.
func (c *Collection) read(e *entry) (f *finding.Finding, err error) {
	f, c.body, err = c.readInto(e, c.body)
	return f, err
}

// readInto is read with a buffer, which it returns for the next call. It may be called concurrently.
func (c *Collection) readInto(e *entry, body []byte) (*finding.Finding, []byte, error) {
	body = slices.Grow(body[:0], int(e.size))[:e.size] // decoding copies what it keeps
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
		return nil, body, fmt.Errorf("merge: a finding changed while it was being read: %w", err)
	}
	if e.run != 0 {
		f.Package = c.byRun[e.run].start.Package
	}
	if e.known != 0 {
		f.Known = c.reasons[e.known-1]
	}
	f = finding.Normalize(f)
	return &f, body, nil
}
