package rewrite

import (
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A writer writes a statement and collects its arguments.
type writer struct {
	strings.Builder
	r       *Rewrite
	turns   int
	more    bool // for a report: an ellipsis follows the turns
	options Options
	refs    []ref          // the placeholders in the order of the text
	numbers map[ref]int    // their numbers; nil for plain question marks
	holes   map[int]func() // writes what replaces a value, by its position
}

// A ref is what a placeholder refers to. Two placeholders with one ref take one argument.
type ref struct {
	of   refKind
	n    int // of an argument: its index; else Arg.Value
	turn int
	list bool // the placeholder stands for a list of arguments
}

type refKind uint8

const (
	refArg refKind = iota // an argument of the loop's statement
	refLiteral
	refParentArg
	refParentLiteral
	refProgram
)

// write runs the builder. Where placeholders have numbers it runs twice: the first run collects what they refer to.
func (r *Rewrite) write(turns int, more bool, o Options) (text string, args []Arg) {
	first := writer{r: r, turns: turns, more: more, options: o}
	r.build(&first)
	numbers, order := r.numbered(first.refs, more)
	if numbers == nil {
		for _, ref := range first.refs {
			args = append(args, r.arg(ref))
		}
		return first.String(), args
	}
	for _, ref := range order {
		args = append(args, r.arg(ref))
	}
	second := writer{r: r, turns: turns, more: more, options: o, numbers: numbers}
	r.build(&second)
	return second.String(), args
}

// numbered numbers the placeholders and returns what the numbers refer to, in order; nil where placeholders are plain
// question marks. An argument that is used twice has one number, in SQLite only if the loop's statement uses it twice.
func (r *Rewrite) numbered(refs []ref, more bool) (numbers map[ref]int, order []ref) {
	if r.dialect != fingerprint.PostgreSQL && !(r.dialect == fingerprint.SQLite && r.reused(refs)) {
		return nil, nil
	}
	if numbers, order = r.kept(refs, more); numbers != nil {
		return numbers, order
	}
	numbers = make(map[ref]int)
	for _, ref := range refs {
		if numbers[ref] == 0 {
			order = append(order, ref)
			numbers[ref] = len(order)
		}
	}
	return numbers, order
}

// kept numbers the placeholders as the loop's statement does, and literals after them. It returns nil if an argument has
// several values, if a number would be left out, or if another statement has numbers as well.
func (r *Rewrite) kept(refs []ref, more bool) (map[ref]int, []ref) {
	taken := make(map[int]ref) // by number
	last := 0
	for _, ref := range refs {
		switch {
		case ref.of == refParentArg, ref.turn > 0, ref.list && !more:
			return nil, nil
		case ref.of != refArg:
			continue
		}
		if before, ok := taken[ref.n+1]; ok && before != ref {
			return nil, nil
		}
		for i := range r.arity(ref) {
			taken[ref.n+1+i] = ref
			last = max(last, ref.n+1+i)
		}
	}
	if len(taken) != last {
		return nil, nil
	}
	numbers := make(map[ref]int)
	order := make([]ref, last)
	for n, ref := range taken {
		if order[n-1] = ref; ref.n == n-1 {
			numbers[ref] = n
		}
	}
	for _, ref := range refs {
		if numbers[ref] == 0 {
			order = append(order, ref)
			numbers[ref] = len(order)
		}
	}
	return numbers, order
}

// arity returns how many arguments a placeholder stands for.
func (r *Rewrite) arity(a ref) int {
	if a.list {
		for _, b := range r.bindings {
			if b.Arg == a.n {
				return b.Arity
			}
		}
	}
	return 1
}

// reused reports whether the loop's statement has an argument twice, and the rewrite as well.
func (r *Rewrite) reused(refs []ref) bool {
	times := make(map[int]int)
	for _, b := range r.bindings {
		times[b.Arg]++
	}
	seen := make(map[ref]bool)
	for _, ref := range refs {
		if ref.of == refArg && times[ref.n] > 1 && seen[ref] {
			return true
		}
		seen[ref] = true
	}
	return false
}

// ref returns what the placeholder of an argument refers to.
func (r *Rewrite) ref(a Arg) ref {
	if a.Program {
		return ref{of: refProgram, n: a.Value}
	}
	bindings, arg, literal := r.bindings, refArg, refLiteral
	if a.Parent {
		bindings, arg, literal = r.parent, refParentArg, refParentLiteral
	}
	b := bindings[a.Value]
	if b.Arg < 0 {
		return ref{of: literal, n: a.Value, turn: a.Turn}
	}
	return ref{of: arg, n: b.Arg, turn: a.Turn, list: b.Arity > 1 && a.Turn != All}
}

// arg returns the argument that a ref stands for.
func (r *Rewrite) arg(a ref) Arg {
	switch a.of {
	case refProgram:
		return Arg{Value: a.n, Program: true}
	case refLiteral, refParentLiteral:
		return Arg{Value: a.n, Turn: a.turn, Parent: a.of == refParentLiteral}
	}
	bindings := r.bindings
	if a.of == refParentArg {
		bindings = r.parent
	}
	for value, b := range bindings {
		if b.Arg == a.n {
			return Arg{Value: value, Turn: a.turn, Parent: a.of == refParentArg}
		}
	}
	return Arg{}
}

func (w *writer) text(s ...string) {
	for _, s := range s {
		w.WriteString(s)
	}
}

// arg writes the placeholder of an argument, or the literal in its place.
func (w *writer) arg(a Arg) {
	if w.options.Literal != nil && a.Turn != All && !a.Program {
		if text := w.options.Literal(a); text != "" {
			w.text(text)
			return
		}
	}
	ref := w.r.ref(a)
	w.refs = append(w.refs, ref)
	switch {
	case w.numbers == nil:
		w.text("?")
	case w.r.dialect == fingerprint.PostgreSQL:
		w.text("$", strconv.Itoa(w.numbers[ref]))
	default:
		w.text("?", strconv.Itoa(w.numbers[ref]))
	}
}

// typed writes an argument with its type, where the type is known.
func (w *writer) typed(a Arg) {
	w.arg(a)
	if w.options.Type != nil {
		if name := w.options.Type(a); name != "" {
			w.text("::", name)
		}
	}
}

// each writes something for each turn.
func (w *writer) each(separator string, write func(turn int)) {
	for turn := range w.turns {
		if turn > 0 {
			w.text(separator)
		}
		write(turn)
	}
	if w.more {
		w.text(separator, "…")
	}
}

// between writes n parts with a separator between them.
func (w *writer) between(separator string, n int, write func(i int)) {
	for i := range n {
		if i > 0 {
			w.text(separator)
		}
		write(i)
	}
}

// spans writes spans with a separator between them.
func (w *writer) spans(s *statement, separator string, spans []span) {
	w.between(separator, len(spans), func(i int) { w.span(s, spans[i]) })
}

// span writes tokens unchanged, with placeholders for values.
func (w *writer) span(s *statement, sp span) { w.spanAt(s, sp, 0) }

// clause writes a clause and the space before it; nothing for an empty one.
func (w *writer) clause(s *statement, sp span) {
	if !sp.empty() {
		w.text(" ")
		w.span(s, sp)
	}
}

// spanAt writes tokens with the values of a turn.
func (w *writer) spanAt(s *statement, sp span, turn int) {
	for i := sp.begin; i < sp.end; i++ {
		t := &s.toks[i]
		if i > sp.begin && t.space {
			w.text(" ")
		}
		switch {
		case t.value < 0:
			w.text(t.text)
		case w.holes[t.value] != nil && !s.parent:
			w.holes[t.value]()
		case w.more && s.typedLiteral(i):
			w.text("'…'") // INTERVAL $1 would be a syntax error
		default:
			w.arg(Arg{Value: t.value, Turn: turn, Parent: s.parent})
			if w.more && s.parsed.Bindings[t.value].Arity > 1 {
				w.text(", …")
			}
		}
	}
}
