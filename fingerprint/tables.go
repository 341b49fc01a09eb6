package fingerprint

import (
	"slices"
	"strings"
)

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
	ref := tableRef{table: r.text[r.pieces[begin].start:r.pieces[r.i].end]}
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
	r.writes(q, ref.table)
}

// noTable reports whether a name in FROM stands for one row without columns, as DUAL does in MySQL and Oracle.
func (r *reader) noTable(name string) bool {
	return len(name) == len("dual") && (r.d == MySQL || r.d == Unknown) && strings.EqualFold(name, "dual")
}

// writes notes the table if it is the one that the query writes.
func (r *reader) writes(q *level, table string) {
	switch q.kind {
	case Insert, Update, Merge, Delete, Schema:
	default:
		return
	}
	if q.target != "" && !(q.kind == Schema && r.lists()) {
		return
	}
	q.target = table
	if !slices.Contains(r.f.Writes, table) {
		r.f.Writes = append(r.f.Writes, table)
	}
}

// modifier reports whether the current word, where the name of a table is wanted, is none: UPDATE OR IGNORE t,
// UPDATE LOW_PRIORITY t.
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

// tableOption reports whether a word after a table's name is no alias.
func tableOption(word string) bool {
	switch strings.ToLower(word) {
	case "force", "use", "ignore", "window", "tablesample", "indexed", "overriding", "lock", "add":
		return true
	}
	return false
}

// joined notes that the FROM of the current query has more than one table.
func (r *reader) joined() {
	r.f.Join = r.f.Join || r.query().main && r.query().kind == Select
}

// resolve ends a query: it names the tables of its values. A qualifier that is none of its tables may be one of the query
// around it.
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

// named reports whether qual is how a column of the table is qualified.
func (t tableRef) named(qual string) bool {
	if t.alias != "" {
		return t.alias == qual
	}
	return t.table == qual || strings.HasSuffix(t.table, qual) && t.table[len(t.table)-len(qual)-1] == '.'
}
