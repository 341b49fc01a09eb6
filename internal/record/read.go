package record

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// Read reads a scope that Write has written, to the end of r. It accepts any input: what Write cannot have written is an error
// that names the line. Its memory is bounded. The stacks are interned, and stay so for the life of the process; two stacks with
// equal frames become one.
func Read(r io.Reader) (*Frozen, error) {
	fr := frozenReader{f: new(Frozen)}
	limited := &io.LimitedReader{R: r, N: maxFrozenBytes + 1}
	in := bufio.NewScanner(limited)
	in.Buffer(nil, maxFrozenLine+1)
	n := 0
	for in.Scan() {
		n++
		err := fr.line(in.Bytes(), n == 1)
		if limited.N == 0 {
			return nil, fmt.Errorf("record: the written scope is longer than %d bytes", maxFrozenBytes)
		}
		if err != nil {
			return nil, fmt.Errorf("record: line %d of the written scope: %w", n, err)
		}
	}
	switch err := in.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("record: line %d of the written scope is longer than %d bytes", n+1, maxFrozenLine)
	case err != nil:
		return nil, fmt.Errorf("record: reading a written scope: %w", err)
	case !fr.ended:
		return nil, errors.New("record: the written scope ends early: it has no line for its end")
	}
	return fr.f, nil
}

// A frozenReader reads the lines of a scope.
type frozenReader struct {
	f         *Frozen
	begun     int // 1 + index of the stack; 0 for none
	frames    []runtime.Frame
	stacks    []stack.ID
	frameRefs int // frames of all stacks
	databases []*Database
	texts     []readText
	ended     bool
}

// A readText is a text line.
type readText struct {
	parsed  *fingerprint.Parsed
	dialect fingerprint.Dialect
}

// line reads one line.
func (r *frozenReader) line(data []byte, first bool) error {
	if r.ended {
		return errors.New("it follows the end")
	}
	if first {
		if err := checkVersion(data); err != nil {
			return err
		}
	}
	var l formatLine
	if err := json.Unmarshal(data, &l); err != nil {
		return err
	}
	if first != (l.Scope != nil) {
		return errors.New("the first line, and no other, is the scope's")
	}
	switch {
	case l.Scope != nil:
		return r.scope(l.Scope)
	case l.Frame != nil:
		return r.frame(l.Frame)
	case l.Stack != nil:
		return r.stack(*l.Stack)
	case l.Database != nil:
		return r.database(*l.Database)
	case l.Text != nil:
		return r.text(l.Text)
	case l.Group != nil:
		return r.group(l.Group)
	case l.Repeat != nil:
		return r.repeat(l.Repeat)
	case l.Ends != nil:
		return r.savepointEnds(*l.Ends)
	case l.Sequence != nil:
		return r.sequence(*l.Sequence)
	case l.End != nil:
		return r.end(l.End)
	}
	return errors.New("it is of no known kind")
}

// checkVersion checks the version of the first line before anything else of it is read.
func checkVersion(data []byte) error {
	var l struct{ Scope *struct{ Version int } }
	switch err := json.Unmarshal(data, &l); {
	case err != nil:
		return err
	case l.Scope == nil:
		return errors.New("it is not the first line of a written scope")
	case l.Scope.Version != formatVersion:
		return fmt.Errorf("the scope has format version %d; this version of nplusgone reads version %d", l.Scope.Version, formatVersion)
	}
	return nil
}

func (r *frozenReader) scope(l *scopeLine) error {
	if err := errors.Join(notNegative(l.Begun, l.Statements, l.Errors, l.Rows), notNegative(l.Took)); err != nil {
		return err
	}
	r.begun = l.Begun
	r.f.Name, r.f.Unread, r.f.anyWrite, r.f.ForeignHashes = string(l.Name), stringsOf(l.Unread), l.AnyWrite, l.Hashes != hashOfProcess()
	r.f.Stats = Stats{Statements: l.Statements, Errors: l.Errors, Rows: l.Rows, Took: time.Duration(l.Took), Shed: string(l.Shed)}
	return nil
}

func (r *frozenReader) frame(l *frameLine) error {
	if len(r.frames) == maxFrozenFrames {
		return fmt.Errorf("there are more than %d frames", maxFrozenFrames)
	}
	r.frames = append(r.frames, runtime.Frame{Function: string(l.Function), File: string(l.File), Line: l.Line})
	return nil
}

func (r *frozenReader) database(name string) error {
	if len(r.databases) == MaxGroups {
		return fmt.Errorf("there are more than %d databases", MaxGroups)
	}
	dialect, err := fingerprint.ParseDialect(name)
	if err != nil {
		return fmt.Errorf("the dialect %.40q is not known", name)
	}
	r.databases = append(r.databases, &Database{Dialect: dialect})
	return nil
}

// stack interns a stack. One without frames, whose addresses were not kept, gets a number of its own: no captured or interned
// stack has so small a one.
func (r *frozenReader) stack(indexes []int) error {
	if len(indexes) > maxStackFrames || r.frameRefs+len(indexes) > maxFrozenFrames || len(r.stacks) > 4*MaxGroups {
		return errors.New("there are too many frames or stacks")
	}
	r.frameRefs += len(indexes)
	frames := make([]runtime.Frame, 0, len(indexes))
	for _, i := range indexes {
		if i < 0 || i >= len(r.frames) {
			return outOfRange("frame", i)
		}
		frames = append(frames, r.frames[i])
	}
	id := stack.Intern(frames)
	if id == 0 {
		id = stack.ID(len(r.stacks) + 1)
	}
	r.stacks = append(r.stacks, id)
	return nil
}

// stackAt returns the ID of a stack by 1 + its index; 0 for 0.
func (r *frozenReader) stackAt(i int) (stack.ID, error) {
	switch {
	case i == 0:
		return 0, nil
	case i < 0 || i > len(r.stacks):
		return 0, outOfRange("stack", i)
	}
	return r.stacks[i-1], nil
}

func (r *frozenReader) savepointEnds(pairs []int) error {
	if len(pairs)%2 != 0 || len(pairs) > 2*MaxSavepointEnds || r.f.SavepointEnds != nil {
		return errors.New("the ends of savepoints are not as they are written")
	}
	for i := 0; i < len(pairs); i += 2 {
		begun, err := r.stackAt(pairs[i])
		if err != nil {
			return err
		}
		ended, err := r.stackAt(pairs[i+1])
		if err != nil {
			return err
		}
		r.f.SavepointEnds = append(r.f.SavepointEnds, SavepointEnd{begun, ended})
	}
	return nil
}

// text parses a normal form, and adds what the text of the statement had beyond it.
func (r *frozenReader) text(l *textLine) error {
	if len(r.texts) == MaxGroups {
		return fmt.Errorf("there are more than %d texts", MaxGroups)
	}
	dialect, err := fingerprint.ParseDialect(l.Dialect)
	if err != nil {
		return fmt.Errorf("the dialect %.40q is not known", l.Dialect)
	}
	p := *fingerprint.Parse(dialect, string(l.Text))
	switch {
	case p.Text != string(l.Text):
		return errors.New("the text is not in normal form")
	case len(p.Bindings) != len(l.Bindings):
		return fmt.Errorf("the text has %d values, not %d", len(p.Bindings), len(l.Bindings))
	}
	p.Bindings = make([]fingerprint.Binding, len(l.Bindings))
	for i, b := range l.Bindings {
		if b.Arg < 0 || b.Arg > maxArgIndex || b.More < -1 || b.More > math.MaxInt32 {
			return outOfRange("argument", b.Arg)
		}
		p.Bindings[i] = fingerprint.Binding{Arg: b.Arg - 1, Name: string(b.Name), Arity: b.More + 1, Separator: b.Separator}
		if b.Arg == 0 && !b.Null {
			p.Bindings[i].Literal = value.Unknown
		}
	}
	p.Rows, p.MaxList, p.Literals, p.LimitOne, p.Partial = l.Rows, l.MaxList, 0, l.LimitOne, p.Partial || l.Partial
	r.texts = append(r.texts, readText{&p, dialect})
	return notNegative(l.Rows, l.MaxList)
}

func (r *frozenReader) group(l *groupLine) error {
	switch {
	case len(r.f.Groups) == MaxGroups:
		return fmt.Errorf("there are more than %d groups", MaxGroups)
	case l.Text < 0 || l.Text >= len(r.texts):
		return outOfRange("text", l.Text)
	case l.Database < 0 || l.Database >= len(r.databases):
		return outOfRange("database", l.Database)
	case r.databases[l.Database].Dialect != r.texts[l.Text].dialect:
		return errors.New("its text and its database differ in dialect")
	case l.Count < 1 || l.First < 1 || l.Last < l.First:
		return errors.New("it has no statement")
	case len(r.f.Groups) > 0 && r.f.Groups[len(r.f.Groups)-1].First >= l.First:
		return errors.New("it begins before the previous group")
	case len(l.Slots) > MaxSlots, len(l.Columns) > MaxColumns, len(l.WideBytes) > MaxColumns, len(l.Arguments) > MaxDistinct:
		return errors.New("it has too many slots, columns or arguments")
	case len(l.Arguments) > 0 && l.Arguments[0] == 0:
		return errors.New("its first argument has no hash")
	}
	err := errors.Join(notNegative(l.Rows), notNegative(l.Took), notNegative(l.WideBytes...),
		notNegative(l.ValuesRows, l.TxChanges, l.Fresh, l.Open, l.Empty, l.Longest, l.Drained, l.Abandoned, l.Unscanned),
		notNegative(l.Savepoints, l.SavepointChanges))
	if err != nil {
		return err
	}
	at, err := r.stackAt(l.Stack)
	if err != nil {
		return err
	}
	txStack, err := r.stackAt(l.TxStack)
	if err != nil {
		return err
	}
	savepointStack, err := r.stackAt(l.SavepointStack)
	if err != nil {
		return err
	}
	p, db := r.texts[l.Text].parsed, r.databases[l.Database]
	g := &Group{
		Key: Key{p.ID, at, db}, Hash: value.Pair(p.ID, db), Position: int32(len(r.f.Groups)), Parsed: p, First: l.First, Last: l.Last,
		Count: l.Count, Rows: l.Rows, Took: time.Duration(l.Took), Pause: time.Duration(l.Pause), Tx: l.Tx, TxStack: txStack,
		ValuesRows: l.ValuesRows, UnevenRows: l.UnevenRows, TxChanges: l.TxChanges, Fresh: l.Fresh, Open: l.Open, Empty: l.Empty, Longest: l.Longest,
		Drained: l.Drained, Abandoned: l.Abandoned, Unscanned: l.Unscanned,
		Savepoint: l.Savepoint, SavepointStack: savepointStack, Savepoints: l.Savepoints, SavepointChanges: l.SavepointChanges,
	}
	if len(l.Arguments) > 0 {
		g.Arguments.first = l.Arguments[0]
	}
	if len(l.Arguments) > 1 {
		rest := slices.Clone(l.Arguments[1:])
		g.Arguments.rest = &rest
	}
	if l.WideBytes != nil {
		g.WideBytes = new([MaxColumns]int)
		copy(g.WideBytes[:], l.WideBytes)
	}
	if g.Results, err = valuesOf(l); err != nil {
		return err
	}
	for i := range l.Slots {
		sl, err := r.slot(&l.Slots[i], p)
		if err != nil {
			return err
		}
		g.Slots = append(g.Slots, sl)
	}
	r.f.Groups = append(r.f.Groups, g)
	return nil
}

// valuesOf returns the values of the rows of a group.
func valuesOf(l *groupLine) (t Values, err error) {
	t = Values{Names: stringsOf(l.Columns), Shed: l.Shed, dense: l.Dense}
	width := 4 * len(t.Names)
	switch {
	case len(l.Values) == 0:
		return t, nil
	case width == 0 || len(l.Values)%width != 0 || len(l.Values)/width > maxGroupRows:
		return t, errors.New("its values are not whole rows of its columns, or too many")
	}
	marks := make([]Mark, 0, len(l.Values)/4)
	for b := l.Values; len(b) > 0; b = b[4:] {
		marks = append(marks, Mark(binary.LittleEndian.Uint32(b)))
	}
	t.Rows = int32(len(l.Values) / width)
	t.blocks = slices.Collect(slices.Chunk(marks, blockRows*len(t.Names)))
	return t, nil
}

func (r *frozenReader) slot(l *slotLine, p *fingerprint.Parsed) (sl Slot, err error) {
	if l.Value < 0 || l.Value >= len(p.Facts.Values) {
		return sl, outOfRange("value", l.Value)
	}
	sl = Slot{Value: l.Value, First: l.First, Constant: l.Constant, Unknown: l.Unknown, Many: l.Many, chained: l.Chained}
	if l.Lists != nil {
		if len(l.Lists.Kept) > maxListValues {
			return sl, errors.New("it has too many values of lists")
		}
		sl.Lists = &Lists{Uneven: l.Lists.Uneven, Overlap: l.Lists.Overlap, seen: l.Lists.Kept}
	}
	for _, m := range l.Matches {
		if m.Parent < 0 || m.Parent >= len(r.f.Groups) {
			return sl, outOfRange("group", m.Parent)
		}
		parent := r.f.Groups[m.Parent]
		if m.Column < 0 || m.Column >= len(parent.Results.Names) || m.Row < 0 || m.Row >= int(parent.Results.Rows) {
			return sl, outOfRange("row or column", m.Row)
		}
		if err := notNegative(m.Matched, m.Skipped, m.Repeated); err != nil {
			return sl, err
		}
		sl.Matches = append(sl.Matches, ColumnMatch{
			Parent: parent, Column: m.Column, Matched: m.Matched, Skipped: m.Skipped, Repeated: m.Repeated, row: m.Row,
		})
	}
	return sl, nil
}

func (r *frozenReader) repeat(l *repeatLine) error {
	if len(l.Sites) == 0 || len(l.Sites) > maxSites || len(r.f.Repeats) == maxSeen {
		return errors.New("there are no sites, or too many repeats or sites")
	}
	d := Repeat{Key: l.Key, Rows: l.Rows, Last: l.Last, Count: l.Count}
	for _, s := range l.Sites {
		if s[0] < 0 || s[0] >= len(r.f.Groups) {
			return outOfRange("group", s[0])
		}
		d.Sites = append(d.Sites, Site{r.f.Groups[s[0]], s[1]})
		if s[1] < 1 {
			return errors.New("it has a site without an execution")
		}
	}
	r.f.Repeats = append(r.f.Repeats, d)
	return notNegative(l.Rows, l.Count)
}

func (r *frozenReader) sequence(pairs []uint32) error {
	if r.f.Sequence != nil || len(pairs)%2 != 0 || len(pairs) > 2*maxSequence {
		return errors.New("the sequence is too long, has half a pair, or comes again")
	}
	for pair := range slices.Chunk(pairs, 2) {
		if pair[0] >= uint32(len(r.f.Groups)) {
			return outOfRange("group", int(pair[0]))
		}
		r.f.Sequence = append(r.f.Sequence, Event{int32(pair[0]), pair[1]})
	}
	return nil
}

func (r *frozenReader) end(l *endLine) (err error) {
	if l.Groups != len(r.f.Groups) {
		return fmt.Errorf("there are %d groups, not %d", len(r.f.Groups), l.Groups)
	}
	r.ended = true
	r.f.Begun, err = r.stackAt(r.begun)
	return err
}

func outOfRange(kind string, i int) error { return fmt.Errorf("%s %d is out of range", kind, i) }

// notNegative returns an error if one of the numbers is negative.
func notNegative[N int | int32 | int64](numbers ...N) error {
	if slices.ContainsFunc(numbers, func(n N) bool { return n < 0 }) {
		return errors.New("a number is negative")
	}
	return nil
}
