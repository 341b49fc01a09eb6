package fingerprint

import "slices"

// begin notes the kind of a statement by its first word, and reports whether that is all it says. Of several statements
// the first that does something counts.
func (r *reader) begin(p piece) (done bool) {
	if r.text[p.start] == ';' {
		return false
	}
	r.verb = r.str(p)
	r.f.Statements++
	kind, ok := verbOf(r.verb)
	switch {
	case p.kw != kwNone:
		kind = p.kw.kind()
	case r.verb == "(":
		kind = Select
	case !ok:
		kind = Other
	case kind == Rollback && (r.word(1, "to") || r.word(2, "to")):
		kind = Savepoint
	}
	if r.f.Kind == Other || r.f.Kind == Utility {
		r.f.Kind = kind
	}
	r.levels[0].kind = kind
	if r.verb == "TRUNCATE" && r.at(1).kw != kwTable {
		r.levels[0].clause, r.levels[0].wantTable = inTables, true
	}
	return ok
}

// lists reports whether the statement defines, or rather drops, a list of tables.
func (r *reader) lists() bool { return r.verb == "DROP" || r.verb == "TRUNCATE" }

// verbKeyword reads a keyword that begins a query, or is part of one that has begun.
func (r *reader) verbKeyword(kw keyword) {
	q, prev := r.query(), r.at(-1).kw
	switch kw {
	case kwSelect:
		if q.kind == Insert {
			r.resolve() // the table that is written is not one of those that are read
			q.source, q.sources = SourceQuery, 0
		}
		r.start(Select)
		r.enter(inSelect)
		r.top().item = r.i + 1
		q.items = 0
		if q.first == 0 {
			q.first = r.i + 1
		}
		if q.union.begin == 0 {
			r.beginChain(&q.union, r.i)
		}
	case kwInsert:
		switch {
		case q.kind == Merge:
			r.enter(inTables)
		case !r.is(1, "("): // else a function of MySQL
			r.start(Insert)
		}
	case kwReplace:
		if q.clause == inWith {
			r.start(Insert)
		}
		if q.kind == Insert && (q.clause == inNothing || q.clause == inWith) {
			r.f.Upsert = true
		}
	case kwUpdate:
		switch {
		case prev == kwDo || prev == kwThen || prev == kwOn:
		case r.word(-1, "key") && r.at(-2).kw == kwDuplicate:
			r.enterSet()
		case prev == kwFor || r.word(-1, "key"):
			r.f.Locking = true
		default:
			if r.start(Update) {
				r.enterTables()
			}
		}
	case kwDelete:
		if prev != kwOn && prev != kwThen {
			r.start(Delete)
		}
	case kwMerge:
		r.start(Merge)
	}
}

// start notes what a query does, and reports whether that was to be told. That of the statement itself is its kind: WITH …
// INSERT is an INSERT. In a definition only a query counts: a trigger may name any verb.
func (r *reader) start(kind Kind) bool {
	q := r.query()
	if q.kind == Schema && kind != Select {
		return false
	}
	if r.outermost() && q.clause == inWith && r.f.Kind == Select {
		r.f.Kind = kind
	}
	q.kind = kind
	return true
}

// aggregate notes an aggregate function of the select list.
func (r *reader) aggregate(name string) {
	if !slices.Contains(r.f.Aggregates, name) {
		r.f.Aggregates = append(r.f.Aggregates, name)
	}
}
