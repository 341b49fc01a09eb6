package fingerprint

import (
	"slices"
	"strings"
)

// A tableRef is a relation of a FROM. A subquery and a function have neither table nor alias.
type tableRef struct{ table, alias string }

// A valueRef is a value that is compared with a column whose table is not known yet.
type valueRef struct {
	value int
	qual  string // qualifier of the column
}

// table reads the name of a table, with its schema and alias.
func (r *reader) table() {
	top, q := r.top(), r.query()
	if r.modifier() {
		return
	}
	begin := r.i
	for r.is(1, ".") && r.at(2).kind == tokWord {
		r.i += 2
	}
	top.wantTable = false
	if r.is(1, "(") && top.clause == inTables && q.kind != Insert && q.kind != Schema {
		r.function(r.str(r.pieces[r.i]))
		r.tables = append(r.tables, tableRef{})
		q.sources++
		return
	}
	at := textSpan{r.pieces[begin].start, r.pieces[r.i].end}
	ref := tableRef{table: r.part(at)}
	if r.noTable(ref.table) {
		return
	}
	n := 1
	if r.at(n).kw == kwAs {
		n++
	}
	if a := r.at(n); a.kind == tokWord && a.kw == kwNone && !tableOption(r.str(a)) && !(q.kind == Insert && r.word(n, "value")) {
		ref.alias = r.str(a)
		r.i += n
	}
	r.tables = append(r.tables, ref)
	q.sources++
	if len(r.sources) > 0 {
		r.renamed(ref)
	}
	if !slices.Contains(r.f.Tables, ref.table) {
		r.f.Tables = append(r.f.Tables, ref.table)
	}
	r.writes(q, ref.table, at)
}

// noTable reports whether a name in FROM is DUAL, which in MySQL and Oracle is one row without columns.
func (r *reader) noTable(name string) bool {
	return len(name) == len("dual") && (r.d == MySQL || r.d == Unknown) && strings.EqualFold(name, "dual")
}

// alias reads the alias at piece i, and the names of columns after it.
func (r *reader) alias(i int) (name string, columns []string) {
	if r.pieceAt(i).kw == kwWith { // WITH ORDINALITY
		i += 2
	}
	if r.pieceAt(i).kw == kwAs {
		i++
	}
	if p := r.pieceAt(i); p.kind == tokWord && p.kw == kwNone && !tableOption(r.str(p)) {
		name = r.str(p)
		i++
	}
	if r.textAt(i) == "(" {
		columns = r.names(i)
	}
	return name, columns
}

// names returns the first word of each item of the list that piece i opens.
func (r *reader) names(i int) (names []string) {
	depth := 0
	for ; i < len(r.pieces); i++ {
		switch r.textAt(i) {
		case "(":
			if depth++; depth == 1 {
				names = append(names, r.textAt(i+1))
			}
		case ")":
			if depth--; depth == 0 {
				return names
			}
		case ",":
			if depth == 1 {
				names = append(names, r.textAt(i+1))
			}
		}
	}
	return names
}

// cteName returns the name of the CTE whose query piece open opens, and the names of its columns.
func (r *reader) cteName(open int) (name string, columns []string) {
	i := open - 1
	for r.isWord(i, "materialized") || r.pieceAt(i).kw == kwNot {
		i--
	}
	if r.pieceAt(i).kw != kwAs {
		return "", nil
	}
	if i--; r.textAt(i) == ")" {
		if i, _ = r.enclosing(i); i < 0 {
			return "", nil
		}
		columns = r.names(i)
		i--
	}
	return r.textAt(i), columns
}

// writes records the table if it is the one that the query writes.
func (r *reader) writes(q *level, table string, at textSpan) {
	switch q.kind {
	case Insert, Update, Merge, Delete, Schema:
	default:
		return
	}
	if q.target.end > 0 && !(q.kind == Schema && r.lists()) {
		return
	}
	q.target = at
	if !q.main && r.f.Within == Other {
		r.f.Within = q.kind
	}
	if !slices.Contains(r.f.Writes, table) {
		r.f.Writes = append(r.f.Writes, table)
	}
}

// modifier reports whether the current word is no name, where that of a table is expected: UPDATE OR IGNORE t, UPDATE
// LOW_PRIORITY t.
func (r *reader) modifier() bool {
	next := r.at(1)
	switch text := r.str(r.at(0)); {
	case r.at(-1).kw == kwOr:
		return true
	case next.kind == tokWord && next.kw == kwNone:
		return strings.EqualFold(text, "low_priority") || strings.EqualFold(text, "ignore")
	}
	return false
}

// tableOption reports whether a word after the name of a table is no alias.
func tableOption(word string) bool {
	switch strings.ToLower(word) {
	case "force", "use", "ignore", "window", "tablesample", "indexed", "overriding", "lock", "add":
		return true
	}
	return false
}

// joined records that the FROM of the current query has more than one table.
func (r *reader) joined() {
	r.f.Join = r.f.Join || r.query().main && r.query().kind == Select
}

// resolve ends a query: it finds the tables of the values that are compared in it. A qualifier that is none of its tables may
// be one of the query around it.
func (r *reader) resolve() {
	q := r.query()
	tables := r.tables[q.tables:]
	open := r.values[:q.values]
	for _, ref := range r.values[q.values:] {
		v := &r.f.Values[ref.value]
		if ref.qual == "" {
			if len(tables) == 1 {
				v.Table = tables[0].table
			}
			continue
		}
		i := slices.IndexFunc(tables, func(t tableRef) bool { return t.named(ref.qual) })
		if i >= 0 {
			v.Table = tables[i].table
		} else {
			open = append(open, ref)
		}
	}
	if r.outermost() {
		open = open[:0]
	}
	r.values = open
	r.tables = r.tables[:q.tables]
}

// named reports whether qual is a qualifier of the table's columns.
func (t tableRef) named(qual string) bool {
	if t.alias != "" {
		return t.alias == qual
	}
	return t.table == qual || strings.HasSuffix(t.table, qual) && t.table[len(t.table)-len(qual)-1] == '.'
}

// catalog reports whether a table belongs to the database's own catalog.
func catalog(table string) bool {
	table = strings.ToLower(table)
	if schema, name, ok := strings.Cut(table, "."); ok {
		switch schema {
		case "pg_catalog", "information_schema", "performance_schema", "mysql", "sys":
			return true
		case "main", "temp":
			table = name
		}
	}
	switch table {
	case "sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema", "sqlite_sequence":
		return true
	}
	return strings.HasPrefix(table, "pg_") || strings.HasPrefix(table, "pragma_")
}
