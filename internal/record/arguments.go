package record

import (
	"database/sql/driver"
	"slices"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/value"
)

// arguments are the hashes of the values of one statement.
type arguments struct {
	hash   uint64             // of all values in order, literals in the text included
	hashed bool               // every value could be read
	first  [keptHashes]uint64 // of the first values
}

// read hashes the arguments of a statement.
func (a *arguments) read(s *Scope, st *Statement) {
	a.hash, a.hashed = st.Parsed.Literals, true
	for i := range st.Args {
		h := a.add(s, st.Args[i].Value)
		if i < len(a.first) {
			a.first[i] = h
		}
	}
	for _, e := range st.Batch {
		a.hash = value.Mix(a.hash, e.Parsed.Literals)
		for i := range e.Args {
			a.add(s, e.Args[i].Value)
		}
	}
}

// add adds a value to the hash, and returns its own.
func (a *arguments) add(s *Scope, v any) uint64 {
	h, ok := value.Of(v)
	if !ok {
		h, ok = hashList(v)
	}
	if !ok {
		a.hashed = false
		s.noteUnread(v)
	}
	a.hash = value.Mix(a.hash, h)
	return h
}

// hashList returns the hash of the elements of an array argument. ok is false for other values, for an array of more than
// maxListValues elements, and for one with an element that cannot be read.
func hashList(v any) (h uint64, ok bool) {
	var buf [maxListValues]uint64
	elements, n, known := value.Array(buf[:0], v, maxListValues)
	if !known || n > maxListValues || slices.Contains(elements, value.Unknown) {
		return value.Unknown, false
	}
	h = uint64(n) + 2
	for _, e := range elements {
		h = value.Mix(h, e)
	}
	return h, true
}

// noteUnread notes the type of an argument that cannot be read.
func (s *Scope) noteUnread(v any) {
	if len(s.unread) >= maxUnreadTypes {
		return
	}
	if name := value.TypeName(v); !slices.Contains(s.unread, name) {
		s.unread = append(s.unread, name)
	}
}

// An argument is what one statement has at one value position.
type argument struct {
	hash   uint64   // of the value; value.Unknown if it cannot be read
	many   bool     // it is a list of any length but 1
	length int      // number of values
	list   []uint64 // hashes of the values of a list, up to maxListValues
}

// single returns the hash of the value that the statement has at a position of its values, if that is one value by the text of
// the statement, as nearly always. It saves most of the time of at.
func (a *arguments) single(st *Statement, position int) (hash uint64, ok bool) {
	b, f := &st.Parsed.Bindings[position], &st.Parsed.Facts.Values[position]
	if len(st.Batch) > 0 || f.Container != fingerprint.ContainerNone || b.Arity > 1 || f.Alternatives > 1 {
		return 0, false
	}
	return a.bound(b, st), true
}

// at returns what the statement has at a position of its values. A batch has the values of all of its executions.
func (a *arguments) at(st *Statement, position int) argument {
	if len(st.Batch) > 0 {
		return a.ofBatch(st, position)
	}
	b, f := &st.Parsed.Bindings[position], &st.Parsed.Facts.Values[position]
	switch {
	case f.Container != fingerprint.ContainerNone:
		i := argumentOf(b, st.Args)
		if i < 0 {
			return argument{hash: a.bound(b, st), length: 1}
		}
		list, n, known := st.Parsed.AppendElements(nil, position, st.Args[i].Value, maxListValues)
		switch {
		case !known:
			return argument{hash: value.Unknown, length: 1}
		case n == 1:
			return argument{hash: list[0], length: 1, list: list} // a list of one key is a key
		}
		return argument{hash: a.bound(b, st), many: true, length: n, list: list}
	case b.Arity > 1:
		v := argument{hash: a.bound(b, st), many: true, length: b.Arity}
		if b.Arg >= 0 && b.Name == "" {
			for i := b.Arg; i < min(b.Arg+b.Arity, len(st.Args)) && len(v.list) < maxListValues; i++ {
				h, _ := value.Of(st.Args[i].Value)
				v.list = append(v.list, h)
			}
		}
		return v
	}
	return argument{hash: a.bound(b, st), many: f.Alternatives > 1, length: max(int(f.Alternatives), 1)}
}

// ofBatch returns the list of the values that the executions of a batch have at a position.
func (a *arguments) ofBatch(st *Statement, position int) argument {
	v := argument{hash: a.bound(&st.Parsed.Bindings[position], st), many: true, length: len(st.Batch) + 1}
	v.list = append(v.list, v.hash)
	for _, e := range st.Batch {
		h := value.Unknown
		if at := e.Parsed.Position(st.Parsed, position); at >= 0 && at < len(e.Parsed.Bindings) {
			h = boundTo(&e.Parsed.Bindings[at], e.Args)
		}
		if h == value.Unknown || v.hash == value.Unknown {
			v.hash = value.Unknown
		} else {
			v.hash = value.Mix(v.hash, h)
		}
		if len(v.list) < maxListValues {
			v.list = append(v.list, h)
		}
	}
	return v
}

// argumentOf returns the index of the argument of a binding; -1 if the binding is a literal or its argument is missing.
func argumentOf(b *fingerprint.Binding, args []driver.NamedValue) int {
	i := b.Arg
	if b.Name != "" {
		i = slices.IndexFunc(args, func(a driver.NamedValue) bool { return a.Name == b.Name })
	}
	if i >= len(args) {
		return -1
	}
	return i
}

// bound returns the hash of the value of a binding; value.Null if its argument is missing.
func (a *arguments) bound(b *fingerprint.Binding, st *Statement) uint64 {
	i := b.Arg
	switch {
	case b.Name != "":
		i = argumentOf(b, st.Args)
	case i < 0:
		return b.Literal
	}
	if i >= 0 && i < len(a.first) && i < len(st.Args) {
		return a.first[i]
	}
	return boundTo(b, st.Args)
}

// boundTo returns the hash of the value that args have for a binding; value.Null if it is missing.
func boundTo(b *fingerprint.Binding, args []driver.NamedValue) uint64 {
	if b.Name == "" && b.Arg < 0 {
		return b.Literal
	}
	i := argumentOf(b, args)
	if i < 0 {
		return value.Null
	}
	h, known := value.Of(args[i].Value)
	if !known {
		h, _ = hashList(args[i].Value)
	}
	return h
}

// key returns the mark of the first single value that rows of g are found by; 0 if there is none.
func (g *Group) key(st *Statement, a *arguments) Mark {
	for i := range g.Slots {
		if g.Facts().Values[g.Slots[i].Value].Role != fingerprint.RoleKey {
			continue
		}
		at := st.Parsed.Position(g.Parsed, g.Slots[i].Value)
		if at < 0 || at >= len(st.Parsed.Bindings) {
			continue
		}
		if v := a.at(st, at); !v.many && v.hash != value.Unknown {
			return MarkOf(v.hash)
		}
	}
	return 0
}
