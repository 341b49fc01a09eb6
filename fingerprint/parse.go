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
	k := new(kept)
	p := &k.parsed
	p.Text, p.MaxList, p.Literals = string(e.buf), e.maxList, e.literals
	p.Bindings = keep(k.bindings[:0], e.bindings)
	w.reader.read(d, p, e.pieces)
	text, other := e.buf, false
	if w.sorted, w.order, other = w.reader.canonical(w.sorted[:0], w.order[:0]); other {
		text = w.sorted
		p.order = keep(k.order[:0], w.order)
	}
	sum := sha256.Sum256(text)
	copy(p.ID[:], sum[:])
	w.reader.facts(k)
	if p.Facts.Kind == Insert {
		p.Rows = max(1, e.rows, w.reader.rows)
	}
	return p
}

// A workspace is the memory that reading one text takes, kept for the next text.
type workspace struct {
	emitter emitter
	reader  reader
	sorted  []byte  // the text with unordered lists sorted
	order   []uint8 // the positions of its values
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

// kept is what stays of a text, with room for what most have: one piece of memory in place of several.
type kept struct {
	parsed   Parsed
	names    [7]string
	values   [3]Value
	bindings [3]Binding
	order    [8]uint8
}

// keep returns a copy of s: in room, where it fits. Of an empty slice nothing is kept.
func keep[E any](room, s []E) []E {
	if len(s) == 0 {
		return nil
	}
	if len(s) > cap(room) {
		return slices.Clone(s)
	}
	return append(room, s...)[:len(s):len(s)]
}
