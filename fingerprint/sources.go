package fingerprint

import "slices"

// A source is a relation that consists of values: unnest(?), (VALUES (?, ?)), or a subquery that selects values. A condition
// that compares one of its columns with that of a table gives the values their role.
type source struct {
	name    string // its alias, or the name of the CTE; may be empty
	cte     bool   // it is a definition: a FROM has to name it before its columns can be used
	level   int    // the query whose FROM or WITH it is in
	columns []sourceColumn
	any     bool // every name is that of the first column: json_each(?), whose other columns hold no values
}

// A sourceColumn is a value of a column of a source. In a UNION a column has several.
type sourceColumn struct {
	name        string
	item, value int // positions of the column and of the value
}

// A selected value is an item of a select list, or of a row of VALUES.
type selected struct {
	value, level, item int
	name               string // of the item; empty for none
}

// A copied column is one that SET assigns the column qual.name of another relation to.
type copied struct {
	level                     int
	table, column, qual, name string
}

// selects records the value i where it is an item of the select list of an INSERT, a subquery or a CTE.
func (r *reader) selects(i int, o operand) {
	q := r.query()
	if q.main && (r.f.Kind == Select || r.f.Kind == Other) {
		return
	}
	if insert := r.outermost() && r.f.Kind == Insert; !insert && (o.level != r.top().query && o.call == 0 || !r.wholeItem(o)) {
		return
	}
	r.selected = append(r.selected, selected{value: i, level: r.levels[o.level].query, item: q.items})
}

// wholeItem reports whether an operand is a whole item of a select list.
func (r *reader) wholeItem(o operand) bool {
	if o.level != r.levels[o.level].query || o.converted && o.container == ContainerNone {
		return false
	}
	switch prev := r.pieceAt(o.begin - 1); {
	case prev.kw == kwSelect, prev.kw == kwDistinct, prev.kw == kwAll, r.textAt(o.begin-1) == ",":
	default:
		return false
	}
	end := r.i + 1
	if o.begin != r.i {
		end = r.closing(o.level+1) + 1
	}
	next := r.pieceAt(r.afterCast(end))
	return next.kind != tokOp && r.str(next) != "["
}

// closing returns the piece that closes an open level.
func (r *reader) closing(level int) int {
	const longest = 64
	depth := len(r.levels) - level
	for i := r.i + 1; i < len(r.pieces) && i <= r.i+longest; i++ {
		switch r.textAt(i) {
		case "(", "[":
			depth++
		case ")", "]":
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(r.pieces)
}

// nameSelected records the name of the values of an item of the select list that ends before the current piece.
func (r *reader) nameSelected() {
	level := r.top().query
	for i := len(r.selected) - 1; i >= 0; i-- {
		s := &r.selected[i]
		if s.level != level || s.item != r.levels[level].items {
			return
		}
		if p := r.at(-1); p.kind == tokWord && p.kw == kwNone && (r.at(-2).kw == kwAs || r.is(-2, ")") || r.at(-2).value >= 0) {
			s.name = r.str(p)
		}
	}
}

// taken removes the selected values of a level and of those within it, and returns those of the level.
func (r *reader) taken(level int) (columns []sourceColumn) {
	begin := len(r.selected)
	for begin > 0 && r.selected[begin-1].level >= level {
		begin--
	}
	for _, s := range r.selected[begin:] {
		if s.level != level {
			continue
		}
		c := sourceColumn{name: s.name, item: s.item, value: s.value}
		for _, first := range columns {
			if first.item == c.item {
				c.name = first.name // the first select of a UNION names the columns
				break
			}
		}
		columns = append(columns, c)
	}
	r.selected = r.selected[:begin]
	return columns
}

// closed reads the use of a level that the current piece closes: its values become columns of a source, or are compared by
// the IN or ANY before it. The level is no longer on the stack.
func (r *reader) closed(l *level, index int) {
	query := l.query == index
	if query && l.from && l.oneRow() && r.query().sources > 0 {
		r.query().sources--
	}
	columns := r.taken(index)
	if query && len(r.sources) > 0 {
		columns = r.passed(columns, l, index)
	}
	if query && len(r.sources)+len(r.copied) > 0 {
		r.copies(index)
		r.sources = slices.DeleteFunc(r.sources, func(s source) bool { return s.level >= index })
	}
	if len(columns) == 0 {
		return
	}
	switch before := r.pieceAt(l.open - 1); {
	case l.from:
		name, names := r.alias(r.i + 1)
		if name == "" && !query {
			name = r.str(before)
		}
		r.addSource(source{name: name, columns: columns, any: l.call.container() != ContainerNone && l.call != callArray}, names)
	case !query:
	case before.kw == kwIn:
		for _, c := range columns {
			r.fed(c, r.listed(l.open-1, c.item))
		}
	case r.quantifies(l.open - 1):
		for _, c := range columns {
			if c.item == 0 {
				r.fed(c, r.quantified(l.open-1))
			}
		}
	case r.top().clause == inWith:
		name, names := r.cteName(l.open)
		r.addSource(source{name: name, columns: columns, cte: true}, names)
	}
}

// fed records the comparison of a value whose subquery is compared.
func (r *reader) fed(column sourceColumn, c comparison) {
	if r.f.Values[column.value].Role == RoleOther && c.role != RoleOther {
		r.compares(column.value, c)
	}
}

// oneRow reports whether a query returns one row at most because it reads from no relation with rows.
func (l *level) oneRow() bool {
	return l.kind == Select && l.first > 0 && l.sources == 0 && !l.expands && !l.compound
}

// compares records the comparison of the value i.
func (r *reader) compares(i int, c comparison) {
	v := &r.f.Values[i]
	v.Role, v.Column = c.role, c.name
	if c.name != "" {
		r.values = append(r.values, valueRef{i, c.qual})
	}
}

// passed appends the items of a query's select list that are columns of sources.
func (r *reader) passed(columns []sourceColumn, l *level, index int) []sourceColumn {
	if l.first == 0 {
		return columns
	}
	item := 0
	for i := int(l.first); i < r.i; {
		begin := i
		for r.textAt(begin) == "(" || r.isWord(begin, "cast") || r.pieceAt(begin).kw == kwDistinct {
			begin++
		}
		if c, ok := r.columnFrom(begin); ok {
			r.eachOf(c, index, func(value int) {
				columns = append(columns, sourceColumn{c.name, item, value})
			})
		} else if r.textAt(begin) == "*" && l.sources <= 1 {
			for k := range r.sources {
				if r.sources[k].level == index && !r.sources[k].cte {
					columns = append(columns, r.sources[k].columns...)
				}
			}
		}
		if i = r.itemEnd(i); r.textAt(i) != "," {
			break
		}
		i, item = i+1, item+1
	}
	return columns
}

// itemEnd returns the piece that ends the item of a select list that begins at piece i.
func (r *reader) itemEnd(i int) int {
	depth := 0
	for ; i < r.i; i++ {
		switch p := r.pieces[i]; {
		case depth == 0 && (p.kw == kwFrom || p.kw == kwUnion || p.kw == kwWhere):
			return i
		case p.kind != tokPunct:
		case r.text[p.start] == '(':
			depth++
		case r.text[p.start] == ')':
			depth--
		case r.text[p.start] == ',' && depth == 0:
			return i
		}
	}
	return i
}

// eachOf calls use for each value of the source's column that c names. Sources of queries around level do not count.
func (r *reader) eachOf(c comparison, level int, use func(value int)) {
	for k := len(r.sources) - 1; k >= 0; k-- {
		s := &r.sources[k]
		found := false
		if s.level < level || s.cte {
			continue
		}
		for i, column := range s.columns {
			if s.has(c, column, i) {
				found = true
				use(column.value)
			}
		}
		if found {
			return
		}
	}
}

// has reports whether c names the i-th column of s.
func (s *source) has(c comparison, column sourceColumn, i int) bool {
	switch {
	case c.qual != "" && c.qual != s.name:
		return false
	case s.any && i > 0:
		return false
	case s.any:
		return c.qual != "" || c.name == "value" || c.name == s.name || c.name == column.name
	}
	return c.name == column.name && c.name != ""
}

// addSource adds a source with the names of its columns. A column without a name has that of its source.
func (r *reader) addSource(s source, names []string) {
	s.level = r.top().query
	for i := range s.columns {
		c := &s.columns[i]
		switch {
		case c.item < len(names):
			c.name = names[c.item]
		case c.name == "" && len(s.columns) == 1:
			c.name = s.name
		}
	}
	r.sources = append(r.sources, s)
}

// renamed adds the source that a CTE is, under the alias that a FROM gives it.
func (r *reader) renamed(ref tableRef) {
	for _, s := range r.sources {
		if s.cte && s.name == ref.table {
			s.level, s.cte = r.top().query, false
			if ref.alias != "" {
				s.name = ref.alias
			}
			r.sources = append(r.sources, s)
			return
		}
	}
}

// equates reads the equals sign at the current piece, which may compare a column of a table with that of a source.
func (r *reader) equates() {
	left := r.columnBefore(r.i)
	right, ok := r.columnFrom(r.i + 1)
	if !ok || left.name == "" {
		return
	}
	role := left.negated(RoleKey)
	for _, pair := range [...][2]comparison{{left, right}, {right, left}} {
		other := pair[1]
		other.role = role
		r.eachOf(pair[0], 0, func(value int) {
			if r.f.Values[value].Role == RoleOther {
				r.compares(value, other)
			}
		})
	}
}

// using reads USING (a, b) at the current piece, which joins a source by columns of the same name.
func (r *reader) using() {
	if !r.is(1, "(") {
		return
	}
	for _, name := range r.names(r.i + 1) {
		c := comparison{role: RoleKey, name: name}
		r.eachOf(c, r.top().query, func(value int) {
			v := &r.f.Values[value]
			if v.Role != RoleOther {
				return
			}
			v.Role, v.Column = RoleKey, name
			table := ""
			for _, t := range r.tables[r.query().tables:] {
				if t.table != "" && table != "" {
					return // it may belong to each
				}
				table += t.table
			}
			v.Table = table
		})
	}
}

// settle completes the roles that depend on the whole statement: of the values that SET copies from a source, and of those
// that an INSERT selects.
func (r *reader) settle() {
	r.copies(0)
	q := &r.levels[0]
	if r.f.Kind == Insert && r.f.Statements == 1 {
		r.insertSource(q)
	}
	r.sources, r.copied, r.selected = empty(r.sources), empty(r.copied), empty(r.selected)
}

// copies records the roles of the values that the SET of the query at level copies from sources.
func (r *reader) copies(level int) {
	r.copied = slices.DeleteFunc(r.copied, func(c copied) bool {
		if c.level == level {
			r.eachOf(comparison{qual: c.qual, name: c.name}, level, func(value int) {
				if v := &r.f.Values[value]; v.Role == RoleOther {
					v.Role, v.Table, v.Column = RoleSet, c.table, c.column
				}
			})
		}
		return c.level >= level
	})
}

// insertSource records where the rows of an INSERT come from, and the columns of the values that it selects.
func (r *reader) insertSource(q *level) {
	r.f.Source = q.source
	if q.source != SourceQuery {
		return
	}
	if q.oneRow() {
		r.f.Source = SourceRow
	}
	columns := r.taken(0)
	if len(r.sources) > 0 {
		columns = r.passed(columns, q, 0)
	}
	for _, c := range columns {
		v := &r.f.Values[c.value]
		if v.Role != RoleOther || r.f.Source == SourceQuery && !v.Many() {
			continue
		}
		v.Role = RoleInsert
		if c.item < len(r.f.InsertColumns) {
			v.Table, v.Column = r.part(q.target), r.f.InsertColumns[c.item]
		}
		r.rows = max(r.rows, int(v.Alternatives))
	}
}
