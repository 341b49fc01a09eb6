package record

import (
	"database/sql/driver"
	"slices"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/value"
)

// arguments are the values of one statement, hashed.
type arguments struct {
	hash   uint64    // of all of them in order, inlined literals included
	known  bool      // every value could be read
	hashes [8]uint64 // of the first ones
}

func (a *arguments) read(s *Scope, st *Statement) {
	a.hash, a.known = st.Parsed.Literals, true
	for i := range st.Args {
		h, ok := value.Of(st.Args[i].Value)
		if !ok {
			h, ok = list(st.Args[i].Value)
		}
		if !ok {
			a.known = false
			s.noteUnread(st.Args[i].Value)
		}
		a.hash = value.Mix(a.hash, h)
		if i < len(a.hashes) {
			a.hashes[i] = h
		}
	}
}

// list returns the hash of an array argument by its elements; known is false for what is no array, or one of more than
// maxListed elements.
func list(v any) (h uint64, known bool) {
	var buf [maxListed]uint64
	elements, n, known := value.Array(buf[:0], v, maxListed)
	if !known || n > maxListed || slices.Contains(elements, value.Unknown) {
		return value.Unknown, false
	}
	h = uint64(n) + 2
	for _, e := range elements {
		h = value.Mix(h, e)
	}
	return h, true
}

// noteUnread remembers the type of an argument that could not be read.
func (s *Scope) noteUnread(v any) {
	if len(s.unread) >= maxUnread {
		return
	}
	if name := value.TypeName(v); !slices.Contains(s.unread, name) {
		s.unread = append(s.unread, name)
	}
}

// An argument is what one statement holds at one position.
type argument struct {
	hash   uint64   // of the one value, value.Unknown for one that cannot be read
	many   bool     // it holds several values, or none
	length int      // how many
	list   []uint64 // hashes of the several values, up to maxListed
}

// at returns what the statement holds at a position of its values.
func (a *arguments) at(st *Statement, position int) argument {
	b, f := &st.Parsed.Bindings[position], &st.Parsed.Facts.Values[position]
	switch {
	case f.Container != fingerprint.ContainerNone:
		i := argumentOf(b, st)
		if i < 0 {
			return argument{hash: a.bound(b, st), length: 1}
		}
		list, n, known := st.Parsed.AppendElements(nil, position, st.Args[i].Value, maxListed)
		switch {
		case !known:
			return argument{hash: value.Unknown, length: 1}
		case n == 1:
			return argument{hash: list[0], length: 1, list: list} // one key, though it comes in a list
		}
		return argument{hash: a.bound(b, st), many: true, length: n, list: list}
	case b.Arity > 1:
		v := argument{hash: a.bound(b, st), many: true, length: b.Arity}
		if b.Arg >= 0 && b.Name == "" {
			for i := b.Arg; i < min(b.Arg+b.Arity, len(st.Args)) && len(v.list) < maxListed; i++ {
				h, _ := value.Of(st.Args[i].Value)
				v.list = append(v.list, h)
			}
		}
		return v
	}
	return argument{hash: a.bound(b, st), many: f.Alternatives > 1, length: max(int(f.Alternatives), 1)}
}

// argumentOf returns the index of the argument that a binding stands for; -1 if it is a literal or missing.
func argumentOf(b *fingerprint.Binding, st *Statement) int {
	i := b.Arg
	if b.Name != "" {
		i = slices.IndexFunc(st.Args, func(a driver.NamedValue) bool { return a.Name == b.Name })
	}
	if i >= len(st.Args) {
		return -1
	}
	return i
}

// bound returns the hash of the value that a binding stands for; value.Null if it is missing.
func (a *arguments) bound(b *fingerprint.Binding, st *Statement) uint64 {
	if b.Name == "" && b.Arg < 0 {
		return b.Literal
	}
	i := argumentOf(b, st)
	switch {
	case i < 0:
		return value.Null
	case i < len(a.hashes):
		return a.hashes[i]
	}
	h, known := value.Of(st.Args[i].Value)
	if !known {
		h, _ = list(st.Args[i].Value)
	}
	return h
}

// key returns the mark of the first single value that finds rows of g; 0 if there is none.
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
