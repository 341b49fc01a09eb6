package detector

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/value"
)

// ReadModifyWrite finds columns that are read, computed anew and written back.
var readModifyWrite = &rule{Rule: finding.Rule{
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
}

func checkModify(p *pass) {
	for _, u := range p.scope.order {
		if f := u.facts(); f.Kind != fingerprint.Update || len(f.Writes) != 1 || u.guarded() || p.claimed(u, "") || p.trace(u.key.stack).setUp {
			continue
		}
		for _, s := range p.scope.order {
			if h := p.modifies(s, u); h != nil {
				p.report(h)
				break
			}
		}
	}
}

// guarded reports whether an UPDATE compares a column that it sets: it does nothing when somebody else was first.
func (g *group) guarded() bool {
	return slices.ContainsFunc(g.facts().Values, func(v fingerprint.Value) bool {
		return v.Role == fingerprint.RoleKey && slices.ContainsFunc(g.facts().Set, func(a fingerprint.Assignment) bool { return strings.EqualFold(a.Column, v.Column) })
	})
}

// locked reports whether an earlier statement of u's transaction has locked rows of u's table.
func (p *pass) locked(u *group) bool {
	return u.tx != 0 && slices.ContainsFunc(p.scope.order, func(o *group) bool {
		return o.facts().Locking && o.tx == u.tx && o.first < u.first && sharesTable(o.facts().Tables, u.facts().Writes)
	})
}

func (p *pass) modifies(s, u *group) *hit {
	f := s.facts()
	if f.Kind != fingerprint.Select || s.first > u.first || s.key.db != u.key.db || f.Locking || s.most != 1 ||
		p.locked(u) || !sharesTable(f.Tables, u.facts().Writes) || len(f.Tables) > 1 || !sameRow(s, u) || p.isTest(p.trace(s.key.stack).last()) {
		return nil
	}
	for _, a := range p.use(s).Feeds {
		column := s.columnName(a.Column)
		set := slices.IndexFunc(u.facts().Set, func(x fingerprint.Assignment) bool { return strings.EqualFold(x.Column, column) && !x.FromSelf })
		if a.Expr == "" || column == "" || set < 0 || !p.feeds(a, u) {
			continue
		}
		h := &hit{group: u, level: finding.Suspect, count: u.count, fix: finding.Fix{Text: p.rule.Fix}}
		if a.Only {
			h.level = finding.Likely
		}
		expr := s.spelled(a.Expr)
		if old := column + " = ?"; len(u.facts().Set) == 1 && expr != "" && strings.Count(u.parsed.Text, old) == 1 {
			h.fix.SQL = strings.Replace(u.parsed.Text, old, column+" = "+unqualified(expr), 1)
		}
		h.parent = &finding.Parent{Text: s.parsed.Text, CallSite: p.trace(s.key.stack).site, Rows: s.rows, Columns: []string{column}}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: "both statements are about the same row, by its key"},
			{From: "source", Text: fmt.Sprintf("the UPDATE is given %s, computed from what the SELECT returned", unqualified(expr))},
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

func unqualified(expr string) string {
	words := strings.Fields(expr)
	for i, w := range words {
		if at := strings.LastIndexByte(w, '.'); at > 0 && !strings.ContainsAny(w[:1], "0123456789'") {
			words[i] = w[at+1:]
		}
	}
	return strings.Join(words, " ")
}

// sameRow reports whether u's key is one of s's, or of what s returned.
func sameRow(s, u *group) bool {
	for i := range u.slots {
		if u.facts().Values[u.slots[i].at].Role != fingerprint.RoleKey || u.slots[i].first == value.Null {
			continue
		}
		if s.results.holds(markOf(u.slots[i].first)) {
			return true
		}
		for j := range s.slots {
			if s.facts().Values[s.slots[j].at].Role == fingerprint.RoleKey && s.slots[j].first == u.slots[i].first {
				return true
			}
		}
	}
	return false
}
