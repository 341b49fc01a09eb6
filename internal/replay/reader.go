package replay

import (
	"errors"
	"io"
	"math"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// Read reads a file, and calls ended with each scope, in the order in which they ended; those that did not end come last, in the order
// in which they began.
func Read(r io.ReaderAt, key Key, ended func(Scope)) (Process, error) {
	in := NewReader(r, key, ended)
	for more := true; more; {
		var err error
		if more, err = in.Read(math.MaxInt); err != nil {
			return in.p.out, err
		}
	}
	return in.End(), nil
}

// A Reader reads the file of a process, also while the process writes it. NewReader makes one.
type Reader struct {
	r   io.ReaderAt
	key Key
	f   *file // nil before the first event
	p   *process
}

// NewReader returns a reader that calls ended with each scope that has ended.
func NewReader(r io.ReaderAt, key Key, ended func(Scope)) *Reader {
	return &Reader{r: r, key: key, p: &process{
		ended: ended, texts: []string{""}, stacks: []stack.ID{0}, scopes: make(map[uint64]*scope), databases: make(map[uint64]*record.Database),
		conns: make(map[uint64]*conn), results: make(map[uint64]*result), cache: fingerprint.NewCache(cacheBytes),
	}}
}

// Read reads the events that are complete, up to limit of them, and reports whether it stopped at the limit.
func (in *Reader) Read(limit int) (more bool, err error) {
	if in.f == nil {
		if in.f, err = open(in.r, in.key); in.f == nil {
			return false, err
		}
	}
	for range limit {
		event, err := in.f.next()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		in.p.event(&cursor{b: event})
	}
	return true, nil
}

// End ends the scopes that are open, after the process has ended and all was read, and returns what the file says of the process.
func (in *Reader) End() Process {
	p := in.p
	p.out.Lost = in.f != nil && in.f.lost()
	for _, s := range p.order {
		if s.over {
			continue
		}
		if s.kind == kindOfTest {
			p.out.Open = append(p.out.Open, s.name)
		} else {
			p.out.OpenRequests++
		}
		p.end(s, false)
	}
	return p.out
}

// Package returns the import path of the package whose tests a process ran; empty if it ran none. It is among the first events.
func Package(r io.ReaderAt, key Key) (string, error) {
	f, err := open(r, key)
	if f == nil {
		return "", err
	}
	p := &process{texts: []string{""}}
	for p.out.Package == "" {
		event, err := f.next()
		if errors.Is(err, io.EOF) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		switch c := (&cursor{b: event}); event[0] {
		case kindText, kindPackage:
			p.event(c)
		}
	}
	return p.out.Package, nil
}
