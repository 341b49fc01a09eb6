package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/value"
)

// readModifyWrite finds columns that are read, changed by arithmetic and written back.
var readModifyWrite = &Rule{Rule: finding.Rule{
	Name: "read-modify-write", Title: "a column read, changed and written back", Since: "v0.1.0", Tips: []int{7}, Max: finding.Likely,
	Doc:  "A row is read, the program changes one of its columns by arithmetic, and an UPDATE of the same row writes the new value; or the largest number is read, and a row with the next one is written.",
	Cost: "Two statements are used where one is enough. If another request does the same between them, one of the two changes is lost.",
	Proof: "Likely, never more: types in the source show that the only use of the value is simple arithmetic whose result is an argument of " +
		"the UPDATE. Suspect: the value has another use, such as the check of a limit.",
	Fix: "Compute it in the database: UPDATE … SET n = n + 1, with RETURNING if the new value is needed.",
	Quiet: "Rows that are locked (FOR UPDATE), statements within a lock of the program, an UPDATE that also compares a column that it sets, values that come " +
		"from elsewhere, as when a form is saved, packages whose types are not available, and set-up code.",
},
	ownMinimum:  true,
	needsSource: true,
	check:       checkModify,
	message: func(f *finding.Finding) string {
		return "a column is read, changed and written back; the UPDATE can compute it"
	},
	requires: []*Rule{rowByRowUpdate},
}

func checkModify(p *Pass) {
	for _, u := range p.groups {
		f := u.Facts()
		if f.Kind != fingerprint.Update && f.Kind != fingerprint.Insert || len(f.Writes) != 1 || p.claimed(u) || p.callStack(u.Key.Stack).setUp {
			continue
		}
		for _, s := range p.groups {
			h := p.numbers(s, u)
			if h == nil && f.Kind == fingerprint.Update && !u.guarded() {
				h = p.modifies(s, u)
			}
			if h != nil && !p.underLock(s, u) {
				p.report(h)
				break
			}
		}
	}
}

// numbers returns the detection for a row u that is numbered by one more than the largest number so far, which s selects; nil if it
// is not.
func (p *Pass) numbers(s, u *group) *detection {
	f := s.Facts()
	if f.Kind != fingerprint.Select || s.First > u.First || s.Key.DB != u.Key.DB || f.Locking || p.locked(u) || len(f.Columns) != 1 ||
		!slices.Equal(f.Aggregates, []string{"max"}) || f.GroupBy || !record.SharesTable(f.Tables, u.Facts().Writes) || p.isTest(p.callStack(s.Key.Stack).userFrame()) {
		return nil
	}
	for _, a := range p.use(s).Feeds {
		if a.Expr == "" || !p.passedTo(a, u) {
			continue
		}
		h := &detection{group: u, level: finding.Suspect, count: u.Count, parent: p.earlierQuery(s)}
		h.says = "the largest number is read, and the next one is written by another statement"
		h.fix = finding.Fix{Text: "Let one statement read and write the number: INSERT … SELECT max(…) + 1 …, with a unique index, or a sequence."}
		h.evidence = []finding.Evidence{{From: "source", Text: fmt.Sprintf("a value computed from %s is written to its table", f.Columns[0])}}
		return h
	}
	return nil
}

// underLock reports whether the source shows that a lock of the program is held around both statements.
func (p *Pass) underLock(s, u *group) bool {
	if p.cfg.Source == nil {
		return false
	}
	reads, writes := p.callStack(s.Key.Stack), p.callStack(u.Key.Stack)
	i, j, ok := diverge(reads, writes)
	if !ok {
		return false
	}
	reading := reads.frames[i]
	if p.cfg.Source.Locks(reading, 0, reading.Line) {
		return true
	}
	return slices.ContainsFunc(writes.frames[j+1:], func(f Frame) bool { return isUser(f) && p.cfg.Source.Locks(f, 0, f.Line) })
}

// guarded reports whether an UPDATE compares a column that it sets to another value, so that it changes nothing if another request
// was first.
func (g *group) guarded() bool {
	for i, v := range g.Facts().Values {
		set := slices.IndexFunc(g.Facts().Set, func(a fingerprint.Assignment) bool { return strings.EqualFold(a.Column, v.Column) })
		if v.Role != fingerprint.RoleKey || set < 0 {
			continue
		}
		if g.Facts().Set[set].FromSelf || !slices.ContainsFunc(g.Slots, func(s record.Slot) bool {
			set := g.Facts().Values[s.Value]
			return set.Role == fingerprint.RoleSet && strings.EqualFold(set.Column, v.Column) && s.First == g.firstOf(i)
		}) {
			return true
		}
	}
	return false
}

// firstOf returns a value of g's first statement; Null if it is not known.
func (g *group) firstOf(index int) uint64 {
	for _, s := range g.Slots {
		if s.Value == index {
			return s.First
		}
	}
	return value.Null
}

// locked reports whether an earlier statement of u's transaction has locked rows of u's table.
func (p *Pass) locked(u *group) bool {
	return u.Tx != 0 && slices.ContainsFunc(p.groups, func(o *group) bool {
		return o.Facts().Locking && o.Tx == u.Tx && o.First < u.First && record.SharesTable(o.Facts().Tables, u.Facts().Writes)
	})
}

// modifies returns the detection for an UPDATE u that writes a value computed from the result of the SELECT s; nil if it does not.
func (p *Pass) modifies(s, u *group) *detection {
	f := s.Facts()
	if f.Kind != fingerprint.Select || s.First > u.First || s.Key.DB != u.Key.DB || f.Locking || s.Longest != 1 ||
		p.locked(u) || !record.SharesTable(f.Tables, u.Facts().Writes) || len(f.Tables) > 1 || !sameRow(s, u) || p.isTest(p.callStack(s.Key.Stack).userFrame()) {
		return nil
	}
	for _, a := range p.use(s).Feeds {
		column := s.columnName(a.Column)
		set := slices.IndexFunc(u.Facts().Set, func(x fingerprint.Assignment) bool { return strings.EqualFold(x.Column, column) && !x.FromSelf })
		if a.Expr == "" || column == "" || set < 0 || !p.passedTo(a, u) {
			continue
		}
		h := &detection{group: u, level: finding.Suspect, count: u.Count, fix: finding.Fix{Text: p.rule.Fix}}
		if a.Only {
			h.level = finding.Likely
		}
		r, err := rewrite.Assign(s.rewriteQuery(), u.Parsed, column, a.Expr)
		h.fix = rowUseFix(p.rule, r, err)
		h.parent = p.earlierQuery(s, column)
		h.evidence = []finding.Evidence{
			{From: "driver", Text: "both statements have the key of one row"},
			{From: "source", Text: fmt.Sprintf("the UPDATE writes %s, computed from the result of the SELECT", rewrite.Expression(s.rewriteQuery(), a.Expr))},
		}
		if !a.Only {
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Against: true, Text: "the value has another use"})
		}
		return h
	}
	return nil
}

// sameRow reports whether u's key is a key of s, or a value that s returned.
func sameRow(s, u *group) bool {
	for i := range u.Slots {
		if u.Facts().Values[u.Slots[i].Value].Role != fingerprint.RoleKey || u.Slots[i].First == value.Null {
			continue
		}
		if s.Results.Holds(record.MarkOf(u.Slots[i].First)) {
			return true
		}
		for j := range s.Slots {
			if s.Facts().Values[s.Slots[j].Value].Role == fingerprint.RoleKey && s.Slots[j].First == u.Slots[i].First {
				return true
			}
		}
	}
	return false
}
