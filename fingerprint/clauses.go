package fingerprint

import (
	"slices"
	"strings"
)

// enter begins a clause.
func (r *reader) enter(c clause) {
	top := r.top()
	if r.direct() {
		if top.assigned > 0 {
			r.endSet(top)
		}
		r.endItem()
	}
	r.endChain(&top.or, r.i)
	if c == inCondition || c == inHaving {
		r.beginChain(&top.or, r.i+1)
	}
	top.clause = c
	top.wantTable = false
}

// enterTables begins a clause whose next name is that of a table.
func (r *reader) enterTables() {
	r.enter(inTables)
	r.top().wantTable = true
}

// enterSet begins a list of assignments.
func (r *reader) enterSet() {
	r.enter(inSet)
	q := r.query()
	q.set = textSpan{}
	if r.direct() {
		q.assigned = r.i + 1
	}
}

// keyword reads a keyword. Most keywords begin a clause.
func (r *reader) keyword(kw keyword) {
	q, top, direct := r.query(), r.top(), r.direct()
	switch kw {
	case kwSelect, kwInsert, kwReplace, kwUpdate, kwDelete, kwMerge:
		r.verbKeyword(kw)
	case kwTable:
		if q.kind == Schema || q.kind == Utility || r.at(1).kind == tokWord && q.clause == inNothing {
			r.enterTables()
		}
	case kwWith:
		if q.clause == inNothing {
			r.enter(inWith)
		}
	case kwRecursive:
		r.f.Recursive = r.f.Recursive || q.clause == inWith
	case kwDistinct:
		if direct && q.clause == inSelect {
			r.f.Distinct = r.f.Distinct || q.main
			top.item = r.i + 1
		}
	case kwInto:
		if q.kind != Select { // SELECT … INTO names a variable or a new table
			r.enterTables()
		}
	case kwFrom:
		// not IS DISTINCT FROM, extract(year FROM at), FETCH 5 FROM cursor
		if direct && r.at(-1).kw != kwDistinct && q.kind != Utility {
			r.enterTables()
		}
	case kwJoin, kwStraightJoin:
		if q.clause != inSelect { // where it is a hint of MySQL
			r.enterTables()
			r.joined()
		}
	case kwOn:
		r.on()
	case kwUsing:
		if direct && (q.kind == Delete || q.kind == Merge) {
			r.enterTables()
		} else {
			r.enter(inNothing)
			if len(r.sources) > 0 {
				r.using()
			}
		}
	case kwWhere:
		r.enter(inCondition)
	case kwHaving:
		r.enter(inHaving)
	case kwGroup:
		if direct && r.at(1).kw == kwBy {
			r.enter(inGroup)
			r.f.GroupBy = r.f.GroupBy || q.main
		}
	case kwOrder:
		if direct {
			r.endChain(&top.union, r.i)
			r.enter(inOrder)
			top.item = r.i + 2
		}
	case kwLimit, kwFetch:
		if direct && r.verb != keywordText[kwFetch] {
			r.endChain(&top.union, r.i)
			r.enter(inLimit)
			r.f.Limit = r.f.Limit || r.outermost() && r.at(1).kw != kwAll
			if kw == kwFetch && r.word(2, "row") && r.outermost() { // FETCH FIRST ROW ONLY
				r.p.LimitOne = true
			}
		}
	case kwOffset:
		if direct {
			r.endChain(&top.union, r.i)
			r.enter(inOffset)
			r.f.Offset = r.f.Offset || r.outermost()
		}
	case kwUnion, kwIntersect, kwExcept:
		if direct {
			r.enter(inNothing)
			r.f.Compound = r.f.Compound || r.outermost()
			r.resolve()
			r.unites(kw)
		}
	case kwSet:
		if q.kind == Update || q.kind == Insert || q.kind == Merge || q.conflict {
			r.enterSet()
			if q.kind == Insert && !q.conflict {
				q.source = SourceValues
			}
		}
	case kwValues:
		if direct && (q.kind == Insert || q.kind == Merge || q.clause == inNothing) && q.clause != inSet {
			r.enter(inValues)
			if q.kind == Insert && !q.conflict {
				q.source = SourceValues
			}
		}
	case kwReturning:
		if direct {
			r.enter(inReturning)
			r.f.Returning = true
			top.item = r.i + 1
		}
	case kwFor:
		r.f.Locking = r.f.Locking || r.word(1, "share") || r.word(1, "key") || r.word(1, "no")
		if direct {
			r.enter(inNothing)
		}
	case kwOr:
		r.endAlternative(&top.or, r.i, r.i+1) // top.wantTable stays: UPDATE OR REPLACE t
	case kwOnly, kwLateral, kwIf, kwNot, kwExists:
		// top.wantTable stays: the name of a table may follow
	default:
		top.wantTable = false
	}
}

// on reads ON: of a join's condition, or in another use.
func (r *reader) on() {
	q := r.query()
	switch next := r.at(1); {
	case r.at(-1).kw == kwDistinct: // DISTINCT ON (…): the select list begins after it
		r.top().item = -1
	case next.kw == kwConflict || next.kw == kwDuplicate:
		r.f.Upsert, q.conflict = true, true
		r.enter(inCondition)
	case q.kind == Schema && r.verb == "CREATE" && r.direct() && q.target.end == 0 && next.kind == tokWord:
		r.enterTables() // CREATE INDEX i ON t
	default:
		r.enter(inCondition)
	}
}

// name reads a name that is no keyword.
func (r *reader) name(p piece) {
	top, q := r.top(), r.query()
	if top.wantTable {
		r.table()
		return
	}
	text := r.str(p)
	if r.parenthesis(r.i + 1) {
		r.function(text)
	} else if clock(text) {
		r.f.Volatile = true
	}
	if top.clause == inTables && q.kind == Insert && r.is(1, "(") && strings.EqualFold(text, "value") {
		r.enter(inValues) // MySQL's other word for VALUES
		q.source = SourceValues
		return
	}
	switch top.clause {
	case inNothing:
		if q.kind == Insert && strings.EqualFold(text, "ignore") {
			r.f.Upsert = true
		}
	case inWith:
		if prev := r.at(-1); prev.kw == kwWith || prev.kw == kwRecursive || r.is(-1, ",") && r.direct() {
			r.ctes = append(r.ctes, text)
		}
	case inSelect:
		if len(text) == len("top") && strings.EqualFold(text, "top") {
			r.selectTop()
		}
	case inSetColumns:
		r.assign(text)
	case inSet:
		if r.direct() && q.set.end == 0 && r.is(1, "=") {
			q.set = textSpan{p.start, p.end}
			r.assign(text)
			if c, ok := r.columnFrom(r.i + 2); ok && c.qual != "" && !q.conflict {
				r.copied = append(r.copied, copied{top.query, r.part(q.target), text, c.qual, c.name})
			}
			return
		}
		r.fromSelf(text)
	default:
		if r.at(-1).kw == kwIn && strings.EqualFold(text, "share") { // LOCK IN SHARE MODE
			r.f.Locking = true
		}
	}
}

// selectTop reads SELECT TOP 10 and SELECT TOP (10), as SQL Server has them.
func (r *reader) selectTop() {
	if prev := r.at(-1).kw; prev != kwSelect && prev != kwDistinct {
		return
	}
	i := r.i + 1
	if r.is(1, "(") {
		i++
	}
	p := r.pieceAt(i)
	if p.value < 0 {
		return
	}
	r.i = i
	r.limit(int(p.value))
	r.f.Limit = r.f.Limit || r.outermost()
	if r.is(1, ")") {
		r.i++
	}
	r.top().item = r.i + 1
}

// function records the facts that a call of the named function gives.
func (r *reader) function(name string) {
	name = strings.ToLower(name)
	r.f.Volatile = r.f.Volatile || volatile(name)
	r.call = callOf(name)
	if r.word(-1, "member") && name == "of" {
		r.call = callMemberOf
	}
	if q := r.query(); q.clause == inSelect {
		q.expands = q.expands || makesRows(name)
		if q.main && aggregate(name) {
			r.aggregate(name)
		}
	}
}

// begin records the kind of a statement by its first word, and reports whether the word has no other meaning. The kind of a
// text of several statements is that of the first one that is no utility statement.
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

// lists reports whether the statement takes a list of tables: DROP, TRUNCATE.
func (r *reader) lists() bool { return r.verb == "DROP" || r.verb == "TRUNCATE" }

// verbKeyword reads a keyword that begins a query, or that is part of another clause.
func (r *reader) verbKeyword(kw keyword) {
	q, prev := r.query(), r.at(-1).kw
	switch kw {
	case kwSelect:
		if q.kind == Insert {
			r.resolve() // the table that is written is none of those that are read
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
		case !r.is(1, "("): // which is a function of MySQL
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

// start records the kind of a query. The kind of the outermost query is that of the statement: WITH … INSERT is an INSERT. It
// reports false for a verb in a definition, where only SELECT begins a query: a trigger names other verbs.
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

// aggregate records an aggregate function of the select list.
func (r *reader) aggregate(name string) {
	if !slices.Contains(r.f.Aggregates, name) {
		r.f.Aggregates = append(r.f.Aggregates, name)
	}
}
