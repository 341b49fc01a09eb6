package fingerprint

// top returns the innermost level.
func (r *reader) top() *level { return &r.levels[len(r.levels)-1] }

// query returns the level of the innermost query.
func (r *reader) query() *level { return &r.levels[r.top().query] }

// outermost reports whether the innermost query is the statement itself.
func (r *reader) outermost() bool { return r.top().query == 0 }

// direct reports whether the current piece is part of a query, not of a parenthesis within it.
func (r *reader) direct() bool { return r.top().query == len(r.levels)-1 }

// punct reads a piece of punctuation.
func (r *reader) punct(c byte) {
	switch c {
	case '(', '[':
		r.open(c)
	case ')', ']':
		if r.over > 0 {
			r.over--
		} else if len(r.levels) > 1 {
			r.close()
		}
	case ',':
		r.comma()
	case ';':
		r.endStatement()
		r.levels[0] = level{main: true, item: -1, open: -1}
		r.verb = ""
	}
}

// endStatement closes the open levels and the statement.
func (r *reader) endStatement() {
	r.over = 0
	for len(r.levels) > 1 {
		r.close()
	}
	r.endSet(r.top())
	r.endItem()
	r.endChains(r.top())
	r.settle()
	r.resolve()
}

// open opens a level.
func (r *reader) open(c byte) {
	if len(r.levels) >= maxDepth {
		r.over++
		return
	}
	top, l := r.top(), level{item: -1, open: r.i, bracket: c == '[', call: r.call}
	l.clause, l.query, l.column = top.clause, top.query, top.column
	r.call = callOther
	next := r.at(1).kw
	switch {
	case c == '(' && r.opensQuery(next):
		l.clause, l.kind, l.query = inNothing, next.kind(), len(r.levels)
		l.tables, l.values = len(r.tables), len(r.values)
		// (SELECT …) UNION (SELECT …): its rows are those of the query around it
		arm := r.direct() && top.clause == inNothing
		l.main = top.main && arm
		if arm && top.union.begin == 0 {
			r.beginChain(&top.union, r.i)
		}
		rows := top.kind == Insert && r.direct() && top.source == SourceNone // INSERT INTO t (SELECT …)
		if rows {
			top.source = SourceQuery
		}
		if next.kind() == Select && next != kwValues && !arm && !rows {
			r.f.Subquery = true
		}
		if top.wantTable {
			top.wantTable = false
			r.tables = append(r.tables, tableRef{})
			l.tables++
			l.from = true
			top.sources++
		}
	case top.clause == inTables && top.wantTable:
		l.wantTable = true // FROM (a JOIN b)
	case top.clause == inTables && r.direct() && (top.kind == Insert || top.kind == Merge && r.at(-1).kw == kwInsert):
		l.clause, r.columns = inColumns, r.columns[:0]
	case top.clause == inTables:
		l.clause = inNothing // arguments of a function in FROM
		l.from = true
	case top.clause == inValues && r.direct():
		l.row, l.column = true, 0
	case top.clause == inSet && r.direct():
		r.openSet(&l)
	case top.or.begin != 0:
		r.beginChain(&l.or, r.i+1)
	}
	r.levels = append(r.levels, l)
}

// opensQuery reports whether a parenthesis before the keyword next opens a query.
func (r *reader) opensQuery(next keyword) bool {
	switch next {
	case kwSelect, kwWith:
		return true
	case kwValues:
		return r.top().clause != inValues
	case kwInsert, kwUpdate, kwDelete:
		return r.top().clause == inWith
	}
	return false
}

// openSet opens one of the two sides of SET (a, b) = (1, 2).
func (r *reader) openSet(l *level) {
	switch {
	case r.at(-1).kw == kwSet || r.is(-1, ","):
		l.clause, r.columns = inSetColumns, r.columns[:0]
	case r.is(-1, "=") && r.is(-2, ")"):
		l.clause, l.row, l.column = inSetRow, true, 0
	}
}

// close closes the innermost level.
func (r *reader) close() {
	r.endChains(r.top())
	if r.direct() {
		r.endSet(r.top())
		r.endItem()
		r.resolve()
	} else if r.top().clause == inColumns {
		r.endColumn()
	}
	n := len(r.levels) - 1
	if l := r.top(); l.clause == inColumns && r.query().kind == Insert || l.row && l.clause != inSetRow {
		r.endInserted(l)
	}
	l := &r.levels[n] // valid until the next level is opened
	r.levels = r.levels[:n]
	if l.from || len(r.selected)+len(r.sources)+len(r.copied) > 0 {
		r.closed(l, n)
	}
	// DISTINCT ON (…) is no item of the select list, which begins after it.
	if q := r.top(); q.clause == inSelect && r.direct() && q.item < 0 {
		q.item = r.i + 1
	}
}

// comma reads a comma.
func (r *reader) comma() {
	top := r.top()
	if top.row {
		top.column++
	}
	if top.clause == inColumns {
		r.endColumn()
		return
	}
	if !r.direct() {
		if top.clause == inTables { // FROM (a, b)
			top.wantTable = true
			r.joined()
		}
		return
	}
	switch top.clause {
	case inTables:
		if top.kind != Insert && (top.kind != Schema || r.lists()) {
			top.wantTable = true
			r.joined()
		}
	case inSelect, inReturning, inOrder:
		r.endItem()
		top.item = r.i + 1
		top.items++
	case inSet:
		top.set = textSpan{}
	case inLimit: // LIMIT offset, count
		if prev := r.at(-1); prev.value >= 0 {
			r.f.Values[prev.value].Role = RoleOffset
		}
		r.f.Offset = r.f.Offset || r.outermost()
	}
}

// endColumn records the column of an INSERT whose name ends before the current piece.
func (r *reader) endColumn() {
	if p := r.at(-1); p.kind == tokWord {
		r.insertColumn(r.str(p))
	}
}

// insertColumn records a column that the current query inserts.
func (r *reader) insertColumn(name string) {
	r.columns = append(r.columns, name)
	if r.outermost() && r.f.Statements == 1 {
		r.f.InsertColumns = append(r.f.InsertColumns, name)
	}
}

// endItem ends the current item of the select list, RETURNING or ORDER BY.
func (r *reader) endItem() {
	l := r.top()
	begin := l.item
	l.item = -1
	if len(r.selected) > 0 && l.clause == inSelect {
		r.nameSelected()
	}
	if begin < 0 || begin >= r.i || !l.main || r.f.Statements > 1 {
		return
	}
	text := r.text[r.pieces[begin].start:r.pieces[r.i-1].end]
	switch l.clause {
	case inSelect:
		if r.f.Kind == Select && !r.f.Compound {
			r.f.Columns = append(r.f.Columns, text)
		}
	case inReturning:
		r.f.Columns = append(r.f.Columns, text)
	case inOrder:
		if r.outermost() {
			r.f.OrderBy = append(r.f.OrderBy, text)
		}
	}
}
