package analysis

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// aggregateInApp finds loops that only compute a sum, or the largest or smallest value.
var aggregateInApp = &Rule{Rule: finding.Rule{
	Name: "aggregate-in-app", Title: "rows fetched only for a sum, or for the largest or smallest value", Since: "v0.1.0", Tips: []int{7}, Max: finding.Likely,
	Doc: "A result is read, and a loop only sums a column of its rows, or keeps the largest or smallest value, also for each value of another column; or it orders the rows and uses one.",
	Cost: "The database sends every row, and the program makes one number of them. The database can compute it where the rows are, " +
		"and send one row.",
	Proof: "Likely, never more: types in the source show that every use of the rows adds to a variable of a loop, or compares with " +
		"one. It is not proven, because the database may add in another order or in another type.",
	Fix: "Compute it in the database: SELECT sum(…), max(…), min(…) or avg(…), with GROUP BY if there is one for each key.",
	Quiet: "Rows with another use, a LIMIT, locked rows, results of one row, sums by several keys, and arithmetic that SQL does not " +
		"have, packages whose types are not available, statements that a recursion or set-up code runs.",
},
	ownMinimum:  true,
	needsSource: true,
	check:       checkAggregates,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s fetched only to compute a value that the database can compute", rowCount(f.Rows()))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

func checkAggregates(p *Pass) {
	for _, g := range p.fetching(0) {
		if f := g.Facts(); !g.readsAll() || f.GroupBy || f.Distinct || f.Compound || len(f.Aggregates) > 0 {
			continue
		}
		u := p.use(g)
		if u.Known && u.First != nil {
			p.reportFirst(g, u)
			continue
		}
		if !u.Known || len(u.Folds) == 0 {
			continue
		}
		position := u.Folds[0].Position
		var aggregates []rewrite.Aggregate
		var uses []string
		for _, fold := range u.Folds {
			uses = append(uses, fmt.Sprintf("%s at %s", fold.Func, whereUsed(fold.Position)))
			aggregates = append(aggregates, rewrite.Aggregate{Func: fold.Func, Expr: fold.Expr})
		}
		h := &detection{group: g, level: finding.Likely, count: g.Count, at: &position, fix: finding.Fix{Text: p.rule.Fix}}
		if conditions, ok := u.Filter.conditions(); ok {
			var by []rewrite.Column
			if u.By != nil {
				by = append(by, rewrite.Column{Index: u.By.Index, Name: u.By.Name})
			}
			r, err := rewrite.Fold(g.rewriteQuery(), aggregates, by, conditions...)
			h.fix = rowUseFix(p.rule, r, err)
		}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: fmt.Sprintf("%s read to the end", rowCount(g.Rows))},
			{From: "source", Text: "the only use of the rows: " + strings.Join(uses, "; ")},
		}
		if !g.fewRows(h) {
			continue
		}
		p.report(h)
	}
}

// reportFirst reports rows of which only the first one in an order is used.
func (p *Pass) reportFirst(g *group, u RowUse) {
	h := &detection{group: g, level: finding.Suspect, count: g.Count, at: u.First, fix: finding.Fix{Text: "Let the database order the rows, and fetch one: ORDER BY … LIMIT 1."}}
	h.says = fmt.Sprintf("%s fetched, and one of them is chosen that the database can choose", rowCount(g.Rows))
	h.evidence = []finding.Evidence{
		{From: "driver", Text: fmt.Sprintf("%s read to the end", rowCount(g.Rows))},
		{From: "source", Text: "the rows are compared, and only the first or the last one is used: " + whereUsed(*u.First)},
	}
	h.evidence = u.addThrough(h.evidence)
	if g.fewRows(h) {
		p.report(h)
	}
}
