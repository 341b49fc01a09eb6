package fingerprint

import (
	"slices"

	"github.com/nplusgone/nplusgone/internal/value"
)

// value says what the value at position i of the bindings is for.
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
			r.assigned(v, RoleInsert, top.column)
		} else if v.List = true; top.query > 0 {
			r.selected = append(r.selected, selected{value: i, level: top.query, item: top.column})
		}
		return
	case inSetRow:
		r.assigned(v, RoleSet, top.column)
		return
	case inSet:
		if q.set != "" {
			v.Role, v.Column, v.Table = RoleSet, q.set, q.target
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
	if v.Column != "" && (c.qual != "" || top.clause != inHaving) { // there a bare name may be that of a result's column
		r.values = append(r.values, valueRef{i, c.qual})
	}
}

// assigned notes that the value goes into the column at a place of the latest list of columns.
func (r *reader) assigned(v *Value, role Role, column int) {
	v.Role, v.Table = role, r.query().target
	if column < len(r.columns) {
		v.Column = r.columns[column]
	} else {
		v.Table = ""
	}
}

// limit notes that the value limits the number of rows.
func (r *reader) limit(i int) {
	r.f.Values[i].Role = RoleLimit
	b := r.p.Bindings[i]
	if r.outermost() && b.Arg < 0 && b.Literal == value.Int(1) && !r.is(1, ",") && !r.word(1, "percent") {
		r.p.LimitOne = true
	}
}

// assign notes the column that SET assigns to next.
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

// fromSelf notes that the value of the column that SET assigns to is computed from the column itself.
func (r *reader) fromSelf(column string) {
	q, n := r.query(), len(r.f.Set)
	if n == 0 || q.set != column || !r.outermost() || r.f.Set[n-1].Column != column {
		return
	}
	if r.is(-1, "(") && (r.at(-2).kw == kwValues || r.word(-2, "value")) { // MySQL: VALUES(n) is what would have been inserted
		return
	}
	if r.is(-1, ".") {
		qual := r.textAt(r.i - 2)
		self := func(t tableRef) bool { return t.table == q.target && t.named(qual) }
		if qual != q.target && !slices.ContainsFunc(r.tables[q.tables:], self) {
			return // another table's, or what would have been inserted: excluded.n
		}
	}
	r.f.Set[n-1].FromSelf = true
}
