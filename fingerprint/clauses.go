package fingerprint

import "strings"

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

// enterTables begins a clause whose next name is a table's.
func (r *reader) enterTables() {
	r.enter(inTables)
	r.top().wantTable = true
}

// enterSet begins a list of assignments.
func (r *reader) enterSet() {
	r.enter(inSet)
	q := r.query()
	q.set, q.assigned = "", r.i+1
}

// keyword follows the clauses of a statement.
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
		if q.kind != Select { // SELECT … INTO names a variable, or a new table
			r.enterTables()
		}
	case kwFrom:
		// Not IS DISTINCT FROM, extract(year FROM at), FETCH 5 FROM cursor.
		if direct && r.at(-1).kw != kwDistinct && q.kind != Utility {
			r.enterTables()
		}
	case kwJoin, kwStraightJoin:
		if q.clause != inSelect { // else a hint of MySQL
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
		r.endAlternative(&top.or, r.i, r.i+1)
		// a table's name may still follow: INSERT OR REPLACE
	case kwOnly, kwLateral, kwIf, kwNot, kwExists:
		// a table's name may still follow
	default:
		top.wantTable = false
	}
}

// on tells the conditions of joins from the other uses of ON.
func (r *reader) on() {
	q := r.query()
	switch next := r.at(1); {
	case r.at(-1).kw == kwDistinct: // DISTINCT ON (…): the select list begins behind it
		r.top().item = -1
	case next.kw == kwConflict || next.kw == kwDuplicate:
		r.f.Upsert, q.conflict = true, true
		r.enter(inCondition)
	case q.kind == Schema && r.verb == "CREATE" && r.direct() && q.target == "" && next.kind == tokWord:
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
		if r.direct() && q.set == "" && r.is(1, "=") {
			q.set = text
			r.assign(text)
			if c, ok := r.columnFrom(r.i + 2); ok && c.qual != "" && !q.conflict {
				r.copied = append(r.copied, copied{top.query, q.target, text, c.qual, c.name})
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

// selectTop reads SELECT TOP 10 and SELECT TOP (10) of SQL Server.
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

// function notes what a call of the named function means for the statement.
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
