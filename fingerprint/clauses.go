package fingerprint

import (
	"slices"
	"strings"
)

// keyword follows the clauses of a statement.
func (r *reader) keyword(kw keyword) {
	q, top := r.query(), r.top()
	enter := func(c clause) {
		r.item(top)
		top.clause = c
		top.wantTable = false
	}
	switch kw {
	case kwWith:
		if q.clause == inNothing {
			enter(inWith)
		}
	case kwRecursive:
		r.f.Recursive = r.f.Recursive || q.clause == inWith
	case kwSelect:
		r.startVerb(q, Select)
		enter(inSelect)
		top.item = r.i + 1
	case kwDistinct:
		if q.clause == inSelect && r.outermost() {
			r.f.Distinct = true
			if top.item == r.i {
				top.item++
			}
		}
	case kwInsert, kwReplace:
		if r.is(1, "(") || q.clause != inNothing && q.clause != inWith {
			if kw == kwReplace {
				r.f.Upsert = r.f.Upsert || q.kind == Insert // INSERT OR REPLACE
			}
			return
		}
		r.startVerb(q, Insert)
		r.f.Upsert = r.f.Upsert || kw == kwReplace
	case kwInto:
		if q.kind != Select { // SELECT … INTO names a variable, or a new table
			enter(inTables)
			top.wantTable = true
		}
	case kwMerge:
		r.startVerb(q, Merge)
	case kwUpdate:
		switch prev := r.at(-1); {
		case prev.kw == kwDo || prev.kw == kwThen || r.word(-1, "key") && r.at(-2).kw == kwDuplicate:
		case prev.kw == kwFor || r.word(-1, "key"):
			r.f.Locking = true
		case prev.kw == kwOn: // ON UPDATE CASCADE
		default:
			r.startVerb(q, Update)
			enter(inTables)
			top.wantTable = true
		}
	case kwDelete:
		if prev := r.at(-1).kw; prev != kwOn && prev != kwThen {
			r.startVerb(q, Delete)
		}
	case kwFrom:
		if top.query || top.clause == inTables {
			enter(inTables)
			top.wantTable = true
		}
	case kwJoin, kwStraightJoin:
		enter(inTables)
		top.wantTable = true
		if r.outermost() {
			r.f.Join = true
		}
	case kwOn:
		if q.kind == Insert && (r.at(1).kw == kwConflict || r.at(1).kw == kwDuplicate) {
			r.f.Upsert = true
		}
		enter(inCondition)
	case kwUsing:
		if q.kind == Delete || q.kind == Merge {
			enter(inTables)
			top.wantTable = true
		} else {
			enter(inNothing)
		}
	case kwWhere, kwHaving:
		enter(inCondition)
	case kwGroup:
		if r.at(1).kw == kwBy && top.query {
			enter(inGroup)
			r.f.GroupBy = r.f.GroupBy || r.outermost()
		}
	case kwOrder:
		if top.query {
			enter(inOrder)
			top.item = r.i + 2
		}
	case kwLimit:
		enter(inLimit)
		r.f.Limit = r.f.Limit || r.outermost()
	case kwOffset:
		enter(inOffset)
		r.f.Offset = r.f.Offset || r.outermost()
	case kwFetch:
		if top.query && q.clause != inNothing {
			enter(inLimit)
			r.f.Limit = r.f.Limit || r.outermost()
		}
	case kwUnion, kwIntersect, kwExcept:
		if top.query {
			r.f.Compound = r.f.Compound || r.outermost()
			enter(inNothing)
			r.resolve(q)
		}
	case kwSet:
		if q.kind == Update || q.kind == Insert || q.kind == Merge {
			enter(inSet)
			top.set = ""
		}
	case kwValues:
		if q.kind == Insert || q.kind == Merge {
			if q.clause != inSet {
				enter(inValues)
			}
		} else if q.clause == inNothing {
			r.startVerb(q, Select)
			enter(inValues)
		}
	case kwReturning:
		enter(inReturning)
		r.f.Returning = true
		top.item = r.i + 1
	case kwFor:
		if r.word(1, "share") || r.word(1, "key") || r.word(1, "no") {
			r.f.Locking = true
		}
		if top.query {
			enter(inNothing)
		}
	case kwTable, kwOnly, kwLateral:
		// a table's name still follows
	default:
		if top.wantTable && kw != kwExists && kw != kwNot && kw != kwOr {
			top.wantTable = false
		}
	}
}

// startVerb notes the verb of a query. That of the statement itself is its kind: WITH … INSERT is an INSERT.
func (r *reader) startVerb(q *level, kind Kind) {
	q.kind = kind
	if q != &r.levels[0] {
		return
	}
	if r.f.Kind == Other || r.f.Kind == Select && kind != Select && len(r.f.Columns) == 0 {
		r.f.Kind = kind
	}
}

// name reads a name that is no keyword.
func (r *reader) name(p piece) {
	top, q := r.top(), r.query()
	text := r.str(p)
	if r.is(1, "(") && !top.wantTable {
		r.function(text)
	} else if clockWord(text) {
		r.f.Volatile = true
	}
	switch {
	case strings.EqualFold(text, "ignore") && q.kind == Insert && q.clause == inNothing:
		r.f.Upsert = true
	case strings.EqualFold(text, "share") && r.word(-1, "in"): // LOCK IN SHARE MODE
		r.f.Locking = true
	case strings.EqualFold(text, "mode") && r.word(-1, "share"):
		r.f.Locking = true
	case top.wantTable:
		r.table(top, q)
	case top.clause == inWith && (r.at(1).kw == kwAs || r.is(1, "(")) && (r.at(-1).kw == kwWith || r.at(-1).kw == kwRecursive || r.is(-1, ",")):
		r.ctes = append(r.ctes, text)
	case top.clause == inSet && q.set == "":
		if r.is(1, "=") {
			q.set = text
			if r.outermost() {
				r.f.Set = append(r.f.Set, Assignment{Column: text})
			}
		}
	case top.clause == inSet || q.clause == inSet:
		if n := len(r.f.Set); n > 0 && q.set == text && r.f.Set[n-1].Column == text {
			r.f.Set[n-1].FromSelf = true
		}
	}
}

// table reads the name of a table, with its schema and alias.
func (r *reader) table(top, q *level) {
	begin := r.i
	for r.is(1, ".") && r.at(2).kind == tokWord {
		r.i += 2
	}
	top.wantTable = false
	if r.is(1, "(") && top.clause == inTables && q.kind != Insert && q.kind != Schema {
		r.function(r.str(r.pieces[r.i]))
		q.tables = append(q.tables, tableRef{})
		return
	}
	table := r.text[r.pieces[begin].start:r.pieces[r.i].end]
	ref := tableRef{table: table}
	n := 1
	if r.at(n).kw == kwAs {
		n++
	}
	if a := r.at(n); a.kind == tokWord && a.kw == kwNone && !tableOption(r.str(a)) {
		ref.alias = r.str(a)
		r.i += n
	}
	q.tables = append(q.tables, ref)
	if !slices.Contains(r.f.Tables, table) {
		r.f.Tables = append(r.f.Tables, table)
	}
	writes := false
	switch q.kind {
	case Insert, Update, Merge, Delete, Schema:
		writes = len(q.tables) == 1
	}
	if writes && !slices.Contains(r.f.Writes, table) {
		r.f.Writes = append(r.f.Writes, table)
	}
}

// tableOption reports whether a word after a table's name is no alias.
func tableOption(word string) bool {
	switch strings.ToLower(word) {
	case "force", "use", "ignore", "window", "tablesample", "indexed", "overriding", "lock", "with":
		return true
	}
	return false
}

func (r *reader) operator(p piece) {
	if r.top().wantTable && r.str(p) == "*" {
		r.top().wantTable = false
	}
}

// function notes what a call of the named function means for the statement.
func (r *reader) function(name string) {
	name = strings.ToLower(name)
	if volatile(name) {
		r.f.Volatile = true
	}
	if aggregate(name) && r.outermost() && r.query().clause == inSelect && !slices.Contains(r.f.Aggregates, name) {
		r.f.Aggregates = append(r.f.Aggregates, name)
	}
}
