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

// ReadModifyWrite finds columns that are read, computed anew and written back.
var readModifyWrite = &Rule{Rule: finding.Rule{
	Name: "read-modify-write", Title: "a column read, computed anew and written back", Since: "v0.1.0", Tips: []int{7}, Max: finding.Likely,
	Doc: "A row is read, the program raises or lowers one of its columns, and an UPDATE of the same row writes the new value.",
	Cost: "Two statements where one would do; and between them another request may do the same, so that one of the two " +
		"changes is lost.",
	Proof: "Likely: the types of the source show that the value is used for nothing but simple arithmetic, which becomes the " +
		"UPDATE's argument. Suspect: the value is used otherwise, too, as when a limit is checked.",
	Fix: "Let the database compute it: UPDATE … SET n = n + 1, with RETURNING where the new value is needed.",
	Quiet: "Rows that are locked (FOR UPDATE), an UPDATE that compares the old value or a version as well, values that come " +
		"from elsewhere, as when a form is saved, and code whose types are not at hand.",
},
	once:  true,
	asks:  true,
	check: checkModify,
	message: func(f *finding.Finding) string {
		return "a column is read, computed anew and written back, where the UPDATE could compute it"
	},
	requires: []*Rule{rowByRowUpdate},
}

func checkModify(p *Pass) {
	for _, u := range p.groups {
		if f := u.Facts(); f.Kind != fingerprint.Update || len(f.Writes) != 1 || u.guarded() || p.claimed(u) || p.trace(u.Key.Stack).setUp {
			continue
		}
		for _, s := range p.groups {
			if h := p.modifies(s, u); h != nil {
				p.report(h)
				break
			}
		}
	}
}

// guarded reports whether an UPDATE compares a column that it sets: it does nothing when somebody else was first.
func (g *group) guarded() bool {
	return slices.ContainsFunc(g.Facts().Values, func(v fingerprint.Value) bool {
		return v.Role == fingerprint.RoleKey && slices.ContainsFunc(g.Facts().Set, func(a fingerprint.Assignment) bool { return strings.EqualFold(a.Column, v.Column) })
	})
}

// locked reports whether an earlier statement of u's transaction has locked rows of u's table.
func (p *Pass) locked(u *group) bool {
	return u.Tx != 0 && slices.ContainsFunc(p.groups, func(o *group) bool {
		return o.Facts().Locking && o.Tx == u.Tx && o.First < u.First && record.SharesTable(o.Facts().Tables, u.Facts().Writes)
	})
}

func (p *Pass) modifies(s, u *group) *hit {
	f := s.Facts()
	if f.Kind != fingerprint.Select || s.First > u.First || s.Key.DB != u.Key.DB || f.Locking || s.Longest != 1 ||
		p.locked(u) || !record.SharesTable(f.Tables, u.Facts().Writes) || len(f.Tables) > 1 || !sameRow(s, u) || p.isTest(p.trace(s.Key.Stack).last()) {
		return nil
	}
	for _, a := range p.use(s).Feeds {
		column := s.columnName(a.Column)
		set := slices.IndexFunc(u.Facts().Set, func(x fingerprint.Assignment) bool { return strings.EqualFold(x.Column, column) && !x.FromSelf })
		if a.Expr == "" || column == "" || set < 0 || !p.feeds(a, u) {
			continue
		}
		h := &hit{group: u, level: finding.Suspect, count: u.Count, fix: finding.Fix{Text: p.rule.Fix}}
		if a.Only {
			h.level = finding.Likely
		}
		r, err := rewrite.Assign(s.query(), u.Parsed, column, a.Expr)
		h.fix = processed(p.rule, r, err)
		h.parent = &finding.Parent{Text: s.Parsed.Text, CallSite: p.trace(s.Key.Stack).site, Rows: s.Rows, Columns: []string{column}}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: "both statements are about the same row, by its key"},
			{From: "source", Text: fmt.Sprintf("the UPDATE is given %s, computed from what the SELECT returned", rewrite.Expression(s.query(), a.Expr))},
		}
		if !a.Only {
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Against: true, Text: "only suspect: the value is used otherwise as well"})
		}
		return h
	}
	return nil
}

// last returns the first frame of the user's own code, or the zero frame.
func (t *trace) last() Frame {
	if t.user < 0 {
		return Frame{}
	}
	return t.frames[t.user]
}

// sameRow reports whether u's key is one of s's, or of what s returned.
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
