package record

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"runtime"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// Write writes the scope, so that Read returns it in another process. Each distinct stack is symbolised once and written with
// all its frames. It returns the errors of w, and an error if the scope exceeds a limit that Read has; then part of it may have
// been written. It must not be called for what Snapshot returned.
func (f *Frozen) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fw := frozenWriter{
		w: out, frames: make(map[frameLine]int), stacks: make(map[stack.ID]int), databases: make(map[*Database]int), texts: make(map[textKey]int),
	}
	fw.scope(f)
	for i, g := range f.Groups {
		fw.group(g, i)
	}
	for i := range f.Repeats {
		fw.repeat(&f.Repeats[i])
	}
	fw.savepointEnds(f.SavepointEnds)
	fw.sequence(f.Sequence)
	fw.line(formatLine{End: &endLine{Groups: len(f.Groups)}})
	if fw.err != nil {
		return fw.err
	}
	return out.Flush()
}

// A frozenWriter writes the lines of a scope. Its maps hold the indexes of lines that were written. After an error it writes
// nothing.
type frozenWriter struct {
	w   io.Writer
	err error
	buf bytes.Buffer
	n   int // bytes written

	frames    map[frameLine]int
	frameRefs int // frames of all stacks
	stacks    map[stack.ID]int
	databases map[*Database]int
	texts     map[textKey]int
}

// A textKey identifies a text line.
type textKey struct {
	parsed  *fingerprint.Parsed
	dialect fingerprint.Dialect
}

func (w *frozenWriter) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf("record: cannot write the scope: "+format, args...)
	}
}

// line writes one line.
func (w *frozenWriter) line(l formatLine) {
	if w.err != nil {
		return
	}
	w.buf.Reset()
	e := json.NewEncoder(&w.buf)
	e.SetEscapeHTML(false)
	if w.err = e.Encode(l); w.err != nil {
		return
	}
	switch w.n += w.buf.Len(); {
	case w.buf.Len() > maxFrozenLine:
		w.fail("a line of %d bytes exceeds the limit of %d", w.buf.Len(), maxFrozenLine)
	case w.n > maxFrozenBytes:
		w.fail("it exceeds the limit of %d bytes", maxFrozenBytes)
	default:
		_, w.err = w.w.Write(w.buf.Bytes())
	}
}

// scope writes the first line. The stack that the scope was begun with is written next, as the first one.
func (w *frozenWriter) scope(f *Frozen) {
	s := scopeLine{
		Version: formatVersion, Hashes: hashOfProcess(), Name: text(f.Name), Statements: f.Stats.Statements, Errors: f.Stats.Errors,
		Rows: f.Stats.Rows, Took: int64(f.Stats.Took), Shed: text(f.Stats.Shed), Unread: texts(f.Unread), AnyWrite: f.anyWrite,
	}
	if f.ForeignHashes {
		s.Hashes = 0
	}
	if f.Begun != 0 {
		s.Begun = 1
	}
	w.line(formatLine{Scope: &s})
	w.stack(f.Begun)
}

// stack writes a stack, unless it has been written, and returns 1 + its index; 0 for no stack.
func (w *frozenWriter) stack(id stack.ID) int {
	if id == 0 {
		return 0
	}
	if i, ok := w.stacks[id]; ok {
		return i
	}
	all := id.Frames()
	if len(all) > maxStackFrames {
		w.fail("a stack of %d frames exceeds the limit of %d", len(all), maxStackFrames)
		return 0
	}
	if w.frameRefs += len(all); w.frameRefs > maxFrozenFrames {
		w.fail("its stacks exceed the limit of %d frames", maxFrozenFrames)
		return 0
	}
	frames := make([]int, 0, len(all))
	for _, f := range all {
		frames = append(frames, w.frame(f))
	}
	w.line(formatLine{Stack: &frames})
	w.stacks[id] = len(w.stacks) + 1
	return len(w.stacks)
}

// frame writes a frame, unless it has been written, and returns its index.
func (w *frozenWriter) frame(f runtime.Frame) int {
	l := frameLine{Function: text(f.Function), File: text(f.File), Line: f.Line}
	i, ok := w.frames[l]
	if !ok {
		i = len(w.frames)
		w.frames[l] = i
		w.line(formatLine{Frame: &l})
	}
	return i
}

// database writes a database, unless it has been written, and returns its index.
func (w *frozenWriter) database(db *Database) int {
	i, ok := w.databases[db]
	if !ok {
		i = len(w.databases)
		w.databases[db] = i
		dialect := db.Dialect.String()
		w.line(formatLine{Database: &dialect})
	}
	return i
}

// text writes what a statement's text says, unless it has been written, and returns its index.
func (w *frozenWriter) text(p *fingerprint.Parsed, dialect fingerprint.Dialect) int {
	key := textKey{p, dialect}
	if i, ok := w.texts[key]; ok {
		return i
	}
	l := textLine{Dialect: dialect.String(), Text: text(p.Text), Rows: p.Rows, MaxList: p.MaxList, LimitOne: p.LimitOne, Partial: p.Partial}
	for _, b := range p.Bindings {
		l.Bindings = append(l.Bindings, bindingLine{
			Arg: b.Arg + 1, Null: b.Arg < 0 && b.Literal == 0, Name: text(b.Name), More: b.Arity - 1, Separator: b.Separator,
		})
	}
	w.line(formatLine{Text: &l})
	i := len(w.texts)
	w.texts[key] = i
	return i
}

// group writes the group at index i, and the lines that it refers to.
func (w *frozenWriter) group(g *Group, i int) {
	if int(g.Position) != i {
		w.fail("group %d has position %d", i, g.Position)
		return
	}
	l := groupLine{
		Text: w.text(g.Parsed, g.Key.DB.Dialect), Stack: w.stack(g.Key.Stack), Database: w.database(g.Key.DB), First: g.First, Last: g.Last,
		Count: g.Count, Rows: g.Rows, Took: int64(g.Took), Pause: int64(g.Pause), Tx: g.Tx, TxStack: w.stack(g.TxStack),
		Arguments: g.Arguments.all(), Columns: texts(g.Results.Names), Values: g.Results.bytes(), Dense: g.Results.dense, Shed: g.Results.Shed,
		ValuesRows: g.ValuesRows, UnevenRows: g.UnevenRows, TxChanges: g.TxChanges, Fresh: g.Fresh, Open: g.Open, Empty: g.Empty, Longest: g.Longest,
		Drained: g.Drained, Abandoned: g.Abandoned, Unscanned: g.Unscanned,
		Savepoint: g.Savepoint, SavepointStack: w.stack(g.SavepointStack), Savepoints: g.Savepoints, SavepointChanges: g.SavepointChanges,
	}
	for _, sl := range g.Slots {
		l.Slots = append(l.Slots, lineOfSlot(&sl))
	}
	if g.WideBytes != nil {
		l.WideBytes = g.WideBytes[:]
	}
	w.line(formatLine{Group: &l})
}

func lineOfSlot(sl *Slot) slotLine {
	l := slotLine{Value: sl.Value, First: sl.First, Constant: sl.Constant, Unknown: sl.Unknown, Many: sl.Many, Chained: sl.chained}
	for _, m := range sl.Matches {
		l.Matches = append(l.Matches, matchLine{
			Parent: int(m.Parent.Position), Column: m.Column, Matched: m.Matched, Skipped: m.Skipped, Repeated: m.Repeated, Row: m.row,
		})
	}
	if sl.Lists != nil {
		l.Lists = &listsLine{sl.Lists.Uneven, sl.Lists.Overlap, sl.Lists.seen}
	}
	return l
}

// repeat writes a repeat.
func (w *frozenWriter) repeat(d *Repeat) {
	l := repeatLine{Key: d.Key, Rows: d.Rows, Last: d.Last, Count: d.Count}
	for _, s := range d.Sites {
		l.Sites = append(l.Sites, [2]int{int(s.Group.Position), s.Count})
	}
	w.line(formatLine{Repeat: &l})
}

// savepointEnds writes where savepoints were begun and ended.
func (w *frozenWriter) savepointEnds(ends []SavepointEnd) {
	if len(ends) == 0 {
		return
	}
	var pairs []int
	for _, e := range ends {
		pairs = append(pairs, w.stack(e.Begun), w.stack(e.Ended))
	}
	w.line(formatLine{Ends: &pairs})
}

// sequence writes the order of statements. Goroutines are numbered from 1 as they appear, which keeps the line short; 0 remains
// 0.
func (w *frozenWriter) sequence(events []Event) {
	if len(events) == 0 {
		return
	}
	numbers := map[uint32]uint32{0: 0}
	pairs := make([]uint32, 0, 2*len(events))
	for _, e := range events {
		n, ok := numbers[e.Goroutine]
		if !ok {
			n = uint32(len(numbers))
			numbers[e.Goroutine] = n
		}
		pairs = append(pairs, uint32(e.Group), n)
	}
	w.line(formatLine{Sequence: &pairs})
}

// all returns the hashes, the first one first.
func (d *Distinct) all() []uint64 {
	switch {
	case d.first == 0:
		return nil
	case d.rest == nil:
		return []uint64{d.first}
	}
	return append([]uint64{d.first}, *d.rest...)
}

// bytes returns the marks, row by row.
func (t *Values) bytes() []byte {
	var out []byte
	for row := range int(t.Rows) {
		for column := range t.Names {
			out = binary.LittleEndian.AppendUint32(out, uint32(t.At(row, column)))
		}
	}
	return out
}
