package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// fetchToExist finds rows that are fetched only to check whether there are any.
var fetchToExist = &Rule{Rule: finding.Rule{
	Name: "fetch-to-exist", Title: "rows fetched only to check whether there are any", Since: "v0.1.0", Tips: []int{10}, Max: finding.Proven,
	Doc:  "A result of several rows is fetched, and the program only checks whether it is empty.",
	Cost: "The database finds and sends all rows, where the first one is enough. The time grows with the number of rows.",
	Proof: "Proven: types in the source show that every use of the rows, also in helpers and in the callers on the stack, checks " +
		"whether there is one. Likely: the rows also pass a call through an interface. Suspect: the result was not read to its end, " +
		"so that the number of rows is not known; or one row is read, which the values of several columns select.",
	Fix: "Check it in the database: SELECT EXISTS (SELECT 1 …), which stops at the first row.",
	Quiet: "Rows with another use, lists with a LIMIT, locked rows, SELECT of a constant, results of one row, single rows that one value " +
		"selects, packages whose types are not available, statements that a recursion or set-up code runs, and rows that a test itself checks.",
},
	ownMinimum:  true,
	needsSource: true,
	check:       checkExists,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s fetched only to check whether there are any", rowCount(f.Rows()))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

func checkExists(p *Pass) {
	for _, g := range p.fetching(0) {
		f := g.Facts()
		if f.Offset || f.Locking || g.Drained == 0 && g.Abandoned == 0 || slices.Equal(f.Columns, []string{"?"}) {
			continue
		}
		u := p.use(g)
		if u.Known && u.Single && u.Unread && !u.Relation && g.selectsBySeveral() {
			p.reportOneRow(g, u)
			continue
		}
		if f.Limit {
			continue
		}
		if u.Known && g.counts() && (len(u.Zero) > 0 || u.Unread) {
			p.reportCount(g, u)
			continue
		}
		if !u.Known || !u.Unread || len(u.Counts) > 0 || len(u.Exists) == 0 || g.Drained > 0 && g.Longest < 2 && !u.Gathered {
			continue
		}
		r, err := rewrite.Exists(g.rewriteQuery())
		h := &detection{group: g, level: u.level(), count: g.Count, at: &u.Exists[0], fix: rowUseFix(p.rule, r, err)}
		read := "read to the end"
		if g.Abandoned > 0 {
			h.level, read = finding.Suspect, "read before the result was closed; there may be more"
		}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: fmt.Sprintf("%s %s", rowCount(g.Rows), read)},
			{From: "source", Text: "no value of a row is read; the code checks whether there is one at " + whereUsed(u.Exists[0])},
		}
		h.evidence = u.addThrough(h.evidence)
		if g.Drained > 0 && !g.fewRows(h) {
			continue
		}
		p.report(h)
	}
}

// selectsBySeveral reports whether g selects rows by the values of several columns, none of which is named as the key of a table, so
// that several rows may have them; and whether it fetches more of a row than one column.
func (g *group) selectsBySeveral() bool {
	f := g.Facts()
	var columns []string
	for _, sl := range g.Slots {
		switch v := f.Values[sl.Value]; {
		case v.Role == fingerprint.RoleLimit:
		case v.Role != fingerprint.RoleKey || v.List || sl.Many || v.Column == "" || generic(strings.ToLower(v.Column)):
			return false
		case !slices.Contains(columns, v.Column):
			columns = append(columns, v.Column)
		}
	}
	star := slices.ContainsFunc(f.Columns, isStar)
	return len(columns) > 1 && (star || len(f.Columns) > 1) && len(f.Aggregates) == 0 && !f.GroupBy && !f.Compound
}

// reportOneRow reports one of the rows that a condition selects, if the code only checks whether there is one.
func (p *Pass) reportOneRow(g *group, u RowUse) {
	h := &detection{group: g, level: finding.Suspect, count: g.Count, fix: finding.Fix{Text: p.rule.Fix}}
	if !g.Facts().Limit {
		r, err := rewrite.Exists(g.rewriteQuery())
		h.fix = rowUseFix(p.rule, r, err)
	}
	h.says = "a row is fetched only to check whether there is one"
	h.evidence = []finding.Evidence{{From: "source", Text: "no value of the row is read"}}
	h.evidence = u.addThrough(h.evidence)
	p.report(h)
}

// counts reports whether g returns only the number of rows.
func (g *group) counts() bool {
	f := g.Facts()
	return len(f.Columns) == 1 && slices.Equal(f.Aggregates, []string{"count"}) && !f.GroupBy && !f.Compound && g.hasKey()
}

// reportCount reports a count that is only compared with 0, or that nothing reads.
func (p *Pass) reportCount(g *group, u RowUse) {
	h := &detection{group: g, level: finding.Suspect, count: g.Count, fix: finding.Fix{Text: p.rule.Fix}}
	if u.Unread {
		h.says = "rows are counted, and the number is not read"
		h.evidence = []finding.Evidence{{From: "source", Text: "the number is not read"}}
	} else {
		h.says = "rows are counted only to check whether there are any"
		h.at = &u.Zero[0]
		h.evidence = []finding.Evidence{{From: "source", Text: "the number is only compared with 0: " + whereUsed(u.Zero[0])}}
	}
	h.evidence = u.addThrough(h.evidence)
	p.report(h)
}
