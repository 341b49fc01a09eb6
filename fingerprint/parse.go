package fingerprint

import (
	"crypto/sha256"
	"slices"
	"sync"
)

// Bounds of what is remembered of one text. Text beyond them is still part of the fingerprint's text and ID.
const (
	maxTokens = 4096
	maxValues = 64
	maxName   = 256 // bytes of a placeholder's name
	maxDepth  = 256 // open parentheses that lists are looked for in
	maxNested = 4   // lists within lists: each level compares its elements once more
)

// Parse reads one SQL text. It never fails: text that is no SQL has a fingerprint, too. Its time and memory are linear in
// the length of the text.
func Parse(d Dialect, sql string) *Parsed {
	if int(d) >= len(dialectNames) {
		d = Unknown
	}
	w := workspaces.Get().(*workspace)
	defer w.release()
	e := &w.emitter
	e.d, e.s, e.fresh = d, sql, true
	e.run()
	p := &Parsed{
		Fingerprint: Fingerprint{Text: string(e.buf)},
		Bindings:    clone(e.bindings),
		MaxList:     e.maxList,
		Literals:    e.literals,
	}
	sum := sha256.Sum256(e.buf)
	copy(p.ID[:], sum[:])
	w.reader.read(p, e.pieces)
	if p.Facts.Kind == Insert {
		p.Rows = max(1, e.rows)
	}
	return p
}

// A workspace is the memory that reading one text takes, kept for the next text.
type workspace struct {
	emitter emitter
	reader  reader
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// release returns w to the pool, unless an unusually large text has made it large.
func (w *workspace) release() {
	if cap(w.emitter.buf) > 1<<16 || cap(w.emitter.pieces) > maxTokens/4 {
		return
	}
	w.emitter.reset()
	w.reader.reset()
	workspaces.Put(w)
}

// clone is slices.Clone, but for an empty slice, of which nothing is kept.
func clone[S ~[]E, E any](s S) S {
	if len(s) == 0 {
		return nil
	}
	return slices.Clone(s)
}
