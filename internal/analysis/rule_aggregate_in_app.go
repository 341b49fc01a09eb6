package analysis

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// AggregateInApp finds loops that only add rows up, or look for the largest or smallest value.
var aggregateInApp = &Rule{Rule: finding.Rule{
	Name: "aggregate-in-app", Title: "rows fetched only for a sum, or for the largest or smallest value", Since: "v0.1.0", Tips: []int{7}, Max: finding.Likely,
	Doc: "A result is read, and all that a loop does with its rows is to add up a column, or to keep the largest or " +
		"smallest value.",
	Cost: "Every row travels to the program to become one number there. The database computes it where the rows are, and " +
		"sends one row.",
	Proof: "Likely: the types of the source show that every use of the rows adds to a variable of a loop, or compares with " +
		"one. Nothing is proven, because the database may add up in another order, or another type.",
	Fix: "Let the database compute it: SELECT sum(…), max(…), min(…) or avg(…), with GROUP BY where there is one for each key.",
	Quiet: "Any other use of the rows, a LIMIT, results of one row, sums by key in a map, and arithmetic that SQL does not " +
		"have.",
},
	once:  true,
	asks:  true,
	check: checkAggregates,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s fetched only for what the database could compute of them", rowCount(f.Rows()))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

func checkAggregates(p *Pass) {
	for _, g := range p.fetching(2) {
		if f := g.Facts(); !g.whole() || f.GroupBy || f.Distinct || f.Compound || len(f.Aggregates) > 0 {
			continue
		}
		u := p.use(g)
		if !u.Known || len(u.Folds) == 0 {
			continue
		}
		place := u.Folds[0].Position
		var aggregates []rewrite.Aggregate
		var said []string
		for _, fold := range u.Folds {
			said = append(said, fmt.Sprintf("%s at %s", fold.Func, whereUsed(fold.Position)))
			aggregates = append(aggregates, rewrite.Aggregate{Func: fold.Func, Expr: fold.Expr})
		}
		h := &hit{group: g, level: finding.Likely, count: g.Count, at: &place, fix: finding.Fix{Text: p.rule.Fix}}
		if conditions, ok := u.Filter.conditions(); ok {
			r, err := rewrite.Fold(g.query(), aggregates, nil, conditions...)
			h.fix = processed(p.rule, r, err)
		}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: fmt.Sprintf("%s read to the end", rowCount(g.Rows))},
			{From: "source", Text: "all that is done with the rows: " + strings.Join(said, "; ")},
		}
		p.report(h)
	}
}
