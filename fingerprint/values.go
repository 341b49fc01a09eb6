package fingerprint

import (
	"slices"

	"github.com/nplusgone/nplusgone/internal/value"
)

// value reads the value at position i: its role, column and container.
func (r *reader) value(i int) {
	v, top, q := &r.f.Values[i], r.top(), r.query()
	switch top.clause {
	case inLimit:
		r.limit(i)
		return
	case inOffset:
		v.Role = RoleOffset
		return
	case inValues:
		if q.kind == Insert || q.kind == Merge {
			column := top.column
			if r.direct() {
				column = len(r.columns) // between or behind the rows: of no column
			}
			r.assigned(v, RoleInsert, column)
		} else if v.List = true; top.query > 0 {
			r.selected = append(r.selected, selected{value: i, level: top.query, item: top.column})
		}
		return
	case inSetRow:
		r.assigned(v, RoleSet, top.column)
		return
	case inSet:
		if q.set.end > 0 {
			v.Role, v.Column, v.Table = RoleSet, r.part(q.set), r.part(q.target)
			if q.kind == Insert && !q.conflict {
				v.Role = RoleInsert
			}
			return
		}
	}
	o := r.operand()
	c, container := r.unpacked(o)
	if c.role == RoleOther {
		c = r.comparison()
	}
	v.Role, v.Column, v.List, v.Container = c.role, c.name, c.list, container
	if v.Role == RoleOther && top.clause == inSelect {
		r.selects(i, o)
	}
	if v.Column != "" && (c.qual != "" || top.clause != inHaving) { // there a bare name may be an alias of the select list
		r.values = append(r.values, valueRef{i, c.qual})
	}
}

// assigned records that the value is assigned to the column at a position of the current list of columns.
func (r *reader) assigned(v *Value, role Role, column int) {
	v.Role, v.Table = role, r.part(r.query().target)
	if column < len(r.columns) {
		v.Column = r.columns[column]
	} else {
		v.Table = ""
	}
}

// limit records that the value limits the number of rows.
func (r *reader) limit(i int) {
	r.f.Values[i].Role = RoleLimit
	b := r.p.Bindings[i]
	if r.outermost() && b.Arg < 0 && b.Literal == value.Int(1) && !r.is(1, ",") && !r.word(1, "percent") {
		r.p.LimitOne = true
	}
}

// assign records the column that SET assigns to next.
func (r *reader) assign(column string) {
	q := r.query()
	if q.kind == Insert && !q.conflict { // MySQL: INSERT INTO t SET a = 1
		r.insertColumn(column)
		return
	}
	if r.top().clause == inSetColumns {
		r.columns = append(r.columns, column)
	}
	if r.outermost() {
		r.f.Set = append(r.f.Set, Assignment{Column: column})
	}
}

// fromSelf records that the value that SET assigns to a column is computed from the column itself.
func (r *reader) fromSelf(column string) {
	q, n := r.query(), len(r.f.Set)
	if n == 0 || r.part(q.set) != column || !r.outermost() || r.f.Set[n-1].Column != column {
		return
	}
	if r.is(-1, "(") && (r.at(-2).kw == kwValues || r.word(-2, "value")) { // MySQL: VALUES(n) is the value of the INSERT
		return
	}
	if r.is(-1, ".") {
		qual := r.textAt(r.i - 2)
		target := r.part(q.target)
		self := func(t tableRef) bool { return t.table == target && t.named(qual) }
		if qual != target && !slices.ContainsFunc(r.tables[q.tables:], self) {
			return // of another table, or the value of the INSERT: excluded.n
		}
	}
	r.f.Set[n-1].FromSelf = true
}
