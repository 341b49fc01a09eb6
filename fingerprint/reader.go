package fingerprint

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/value"
)

// A clause is the part of a statement that a token stands in.
type clause uint8

const (
	inNothing clause = iota
	inWith
	inSelect
	inTables // FROM, JOIN, INTO, the target of UPDATE
	inCondition
	inGroup
	inOrder
	inLimit
	inOffset
	inSet
	inColumns // the columns of an INSERT
	inValues
	inReturning
)

// A level is one query, or one parenthesis within a query.
type level struct {
	query  bool // a query of its own, not just a parenthesis
	clause clause
	column int // in a row of VALUES: which column comes

	// Of a query:
	kind      Kind
	tables    []tableRef
	values    []int // indexes of Facts.Values whose column belongs to this query
	wantTable bool  // the next name is a table's
	set       string
	item      int // piece at which the current item of a list began, -1 for none
}

// A tableRef is a table in FROM, and the name it goes by.
type tableRef struct{ table, alias string }

// A reader walks the pieces of a normalised text once, and notes what they say.
type reader struct {
	p      *Parsed
	f      *Facts
	text   string
	pieces []piece
	levels []level
	over   int // parentheses beyond maxDepth
	ctes   []string
	quals  map[int]string // qualifier of the column of a value
	began  bool           // the current statement has begun
	i      int
}

func readFacts(p *Parsed, pieces []piece, sawNow bool) {
	r := &reader{p: p, f: &p.Facts, text: p.Text, pieces: pieces, levels: make([]level, 1, 8)}
	r.f.Volatile = sawNow
	r.f.Values = make([]Value, len(p.Bindings))
	for i := range r.f.Values {
		r.f.Values[i].List = p.Bindings[i].Arity > 1
	}
	r.levels[0] = level{query: true, item: -1}
	for r.i = 0; r.i < len(pieces); r.i++ {
		r.piece(pieces[r.i])
	}
	for len(r.levels) > 0 {
		r.close()
	}
	if r.f.Statements == 1 {
		r.f.Statements = 0
	}
	r.f.Tables = slices.DeleteFunc(r.f.Tables, func(t string) bool { return slices.Contains(r.ctes, t) })
	r.f.Catalog = len(r.f.Tables) > 0 && !slices.ContainsFunc(r.f.Tables, func(t string) bool { return !catalog(t) })
	if len(r.f.Values) == 0 {
		r.f.Values = nil
	}
}

func (r *reader) str(p piece) string { return r.text[p.start:p.end] }

// at returns the piece n places away, or an empty one.
func (r *reader) at(n int) piece {
	if i := r.i + n; i >= 0 && i < len(r.pieces) {
		return r.pieces[i]
	}
	return piece{value: -1}
}

func (r *reader) is(n int, text string) bool {
	p := r.at(n)
	return p.end > p.start && r.str(p) == text
}

// word reports whether the piece n places away is the word w, in lower case, in any case.
func (r *reader) word(n int, w string) bool {
	p := r.at(n)
	return p.kind == tokWord && strings.EqualFold(r.str(p), w)
}

func (r *reader) top() *level { return &r.levels[len(r.levels)-1] }

// query returns the level of the innermost query.
func (r *reader) query() *level {
	for i := len(r.levels) - 1; i >= 0; i-- {
		if r.levels[i].query {
			return &r.levels[i]
		}
	}
	return &r.levels[0]
}

// outermost reports whether the innermost query is the statement itself.
func (r *reader) outermost() bool { return r.query() == &r.levels[0] }

func (r *reader) piece(p piece) {
	if !r.began {
		r.begin(p)
	}
	switch {
	case p.value >= 0:
		r.value(p.value)
	case p.kind == tokPunct:
		r.punct(r.text[p.start])
	case p.kw != kwNone:
		r.keyword(p.kw)
	case p.kind == tokWord:
		r.name(p)
	case p.kind == tokOp:
		r.operator(p)
	}
}

// begin notes the kind of a statement by its first word.
func (r *reader) begin(p piece) {
	if p.kind == tokPunct && r.text[p.start] == ';' {
		return
	}
	r.began = true
	r.f.Statements++
	kind := kindOf(p.kw, strings.ToLower(r.str(p)))
	if kind == Rollback && (r.word(1, "to") || r.word(2, "to")) {
		kind = Savepoint
	}
	if r.f.Kind == Other || r.f.Kind == Utility {
		r.f.Kind = kind
	}
	r.query().kind = kind
	if kind == Schema {
		for n := 1; n <= 4; n++ { // CREATE TEMPORARY TABLE IF NOT EXISTS t
			if r.at(n).kw == kwTable {
				r.top().wantTable = true
			}
		}
		if r.word(0, "truncate") && r.at(1).kw != kwTable {
			r.top().wantTable = true
		}
		r.top().clause = inNothing
	}
}

func (r *reader) punct(c byte) {
	switch c {
	case '(', '[':
		r.open(c)
	case ')', ']':
		if r.over > 0 {
			r.over--
			return
		}
		if len(r.levels) > 1 {
			r.close()
		}
	case ',':
		r.comma()
	case ';':
		for len(r.levels) > 1 {
			r.close()
		}
		r.resolve(r.top())
		r.levels[0] = level{query: true, item: -1}
		r.began = false
	}
}

func (r *reader) open(c byte) {
	if len(r.levels) >= maxDepth {
		r.over++
		return
	}
	top := r.top()
	l := level{clause: top.clause, item: -1}
	switch next := r.at(1); {
	case c == '(' && (next.kw == kwSelect || next.kw == kwWith || next.kw == kwValues && top.clause != inValues):
		l.query, l.clause, l.kind = true, inNothing, Select
		r.f.Subquery = true
		if top.wantTable {
			r.derived()
		}
	case c == '(' && top.clause == inWith && (next.kw == kwInsert || next.kw == kwUpdate || next.kw == kwDelete):
		l.query, l.clause, l.kind = true, inNothing, kindOf(next.kw, "")
	case top.clause == inTables && top.kind == Insert && !top.wantTable:
		l.clause = inColumns
	case top.clause == inTables && top.wantTable && c == '(':
		l.wantTable = true // FROM (a JOIN b)
	case top.clause == inTables && !top.wantTable:
		l.clause = inNothing // arguments of a function in FROM
	}
	r.levels = append(r.levels, l)
}

// derived notes that a subquery stands where a table was wanted.
func (r *reader) derived() {
	q := r.query()
	r.top().wantTable = false
	q.tables = append(q.tables, tableRef{})
}

func (r *reader) close() {
	l := r.top()
	if l.query {
		r.item(l)
		r.resolve(l)
		r.levels = r.levels[:len(r.levels)-1]
		return
	}
	closed := *l
	r.levels = r.levels[:len(r.levels)-1]
	if closed.clause == inColumns && !closed.query {
		r.columnEnd()
	}
}

func (r *reader) comma() {
	top := r.top()
	switch top.clause {
	case inTables:
		if top.kind != Insert {
			top.wantTable = true
			if top.query && r.outermost() {
				r.f.Join = true
			}
		}
	case inValues:
		if top.query {
			return // between rows
		}
		top.column++
	case inSelect, inReturning, inOrder:
		if top.query {
			r.item(top)
			top.item = r.i + 1
		}
	case inSet:
		if top.query {
			top.set = ""
		}
	case inColumns:
		r.columnEnd()
	case inLimit:
		// LIMIT offset, count
		if prev := r.at(-1); prev.value >= 0 {
			r.f.Values[prev.value].Role = RoleOffset
		}
		if r.outermost() {
			r.f.Offset = true
		}
	}
}

// columnEnd notes the column of an INSERT whose name ends before the current piece.
func (r *reader) columnEnd() {
	if r.outermost() && r.f.Kind == Insert && r.at(-1).kind == tokWord {
		r.f.InsertColumns = append(r.f.InsertColumns, r.str(r.at(-1)))
	}
}

// item ends the current item of the select list, RETURNING or ORDER BY.
func (r *reader) item(l *level) {
	begin := l.item
	l.item = -1
	if begin < 0 || begin >= r.i || l != &r.levels[0] || r.i > len(r.pieces) {
		return
	}
	text := r.text[r.pieces[begin].start:r.pieces[r.i-1].end]
	switch l.clause {
	case inSelect, inReturning:
		r.f.Columns = append(r.f.Columns, text)
	case inOrder:
		r.f.OrderBy = append(r.f.OrderBy, text)
	}
}

// resolve names the tables of a query's values, now that its FROM has been read.
func (r *reader) resolve(l *level) {
	for _, i := range l.values {
		v := &r.f.Values[i]
		qual := r.quals[i]
		if qual == "" {
			if len(l.tables) == 1 {
				v.Table = l.tables[0].table
			}
			continue
		}
		for _, t := range l.tables {
			if t.alias == qual || t.alias == "" && (t.table == qual || strings.HasSuffix(t.table, "."+qual)) {
				v.Table = t.table
				break
			}
		}
		if v.Table == "" && len(l.tables) == 0 {
			v.Table = qual
		}
	}
	l.values, l.tables = nil, nil
}

// value says what the value at position i of the bindings is for.
func (r *reader) value(i int) {
	v, top := &r.f.Values[i], r.top()
	switch top.clause {
	case inLimit:
		v.Role = RoleLimit
		if b := r.p.Bindings[i]; r.outermost() && b.Arg < 0 && b.Literal == value.Int(1) && !r.is(1, ",") {
			r.p.LimitOne = true
		}
		return
	case inOffset:
		v.Role = RoleOffset
		return
	case inValues:
		v.Role = RoleInsert
		if r.outermost() && top.column < len(r.f.InsertColumns) {
			v.Column = r.f.InsertColumns[top.column]
		}
		if len(r.f.Writes) > 0 {
			v.Table = r.f.Writes[0]
		}
		return
	case inSet:
		if q := r.query(); q.set != "" {
			v.Role, v.Column = RoleSet, q.set
			if len(r.f.Writes) > 0 {
				v.Table = r.f.Writes[len(r.f.Writes)-1]
			}
			return
		}
	}
	role, column := r.comparison()
	v.Role = role
	if column.name != "" {
		v.Column = column.name
		if column.qual != "" {
			if r.quals == nil {
				r.quals = make(map[int]string)
			}
			r.quals[i] = column.qual
		}
		q := r.query()
		q.values = append(q.values, i)
	}
}
