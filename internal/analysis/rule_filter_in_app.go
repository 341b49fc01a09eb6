package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/value"
)

// filterInApp finds loops that drop rows by a condition that the statement can have.
var filterInApp = &Rule{Rule: finding.Rule{
	Name: "filter-in-app", Title: "rows dropped after they were fetched", Since: "v0.1.0", Tips: []int{7}, Max: finding.Likely,
	Doc: "A loop ranges over the rows of a result, compares one column with a constant or with a value of the program, and does " +
		"not use the rows for which the comparison fails.",
	Cost: "The database finds and sends rows that the program drops. With the condition in the statement it can use an index.",
	Proof: fmt.Sprintf("Likely, never more: types in the source show that the rows for which the comparison fails have no use, and the values "+
		"that were fetched show that these are %d or more, and at least %d of %d rows. Suspect: they are fewer, but at least half of the "+
		"rows, or their number is not known, because the comparison is by size, or because a value is not in the source or was not kept.", fewDropped, dropsOf, dropsFrom),
	Fix: "Move the comparison into the statement's WHERE.",
	Quiet: "Rows with another use, an else branch, conditions that call functions, a LIMIT, locked rows, loops that keep most rows, " +
		"packages whose types are not available, statements that a recursion or set-up code runs.",
},
	ownMinimum:  true,
	needsSource: true,
	check:       checkFilters,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s fetched, then dropped by a condition", rowCount(f.Rows()))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery, aggregateInApp},
}

func checkFilters(p *Pass) {
	for _, g := range p.fetching(0) {
		if f := g.Facts(); !g.readsAll() || f.GroupBy || f.Compound || len(f.Aggregates) > 0 {
			continue
		}
		u := p.use(g)
		if !u.Known || u.Filter == nil {
			continue
		}
		h := &detection{group: g, level: finding.Suspect, count: g.Count, at: &u.Filter.Position, fix: finding.Fix{Text: p.rule.Fix}}
		if conditions, ok := u.Filter.conditions(); ok {
			r, err := rewrite.Filter(g.rewriteQuery(), conditions...)
			h.fix = rowUseFix(p.rule, r, err)
		}
		read := finding.Evidence{From: "driver", Text: fmt.Sprintf("%s read to the end", rowCount(g.Rows))}
		if failing, known := g.failing(u.Filter, p.frozen.ForeignHashes); known && g.Rows >= fewDropped {
			if failing*dropsHalf < g.Rows {
				continue
			}
			if failing >= fewDropped && failing*dropsFrom >= g.Rows*dropsOf {
				h.level = finding.Likely
			}
			read.Text += fmt.Sprintf("; the comparison fails for %d", failing)
		}
		h.evidence = []finding.Evidence{read, {From: "source", Text: "rows have no use if this comparison fails: " + whereUsed(u.Filter.Position)}}
		p.report(h)
	}
}

// failing returns the minimum number of g's rows for which a filter fails. known is false if their values do not show it. If
// the filter compares for equality with an unknown value, all rows fail but those with one value: at worst, the most frequent
// one. Values with foreign hashes, of another process, cannot be compared with a constant.
func (g *group) failing(f *Filter, foreign bool) (n int, known bool) {
	if f.Op == "" {
		return 0, false
	}
	column := g.columnIndex(f.Column)
	t := &g.Results
	if column < 0 || column >= len(t.Names) || t.Shed || int(t.Rows) != g.Rows {
		return 0, false
	}
	times, most := make(map[record.Mark]int), 0
	for _, v := range t.Column(column) {
		if v == 0 {
			return 0, false // NULL, or a value that was not kept, such as a boolean
		}
		times[v]++
		most = max(most, times[v])
	}
	switch want, ok := value.Of(f.Literal); {
	case f.Literal == nil && f.Op == "=":
		return g.Rows - most, true
	case f.Literal == nil || !ok || foreign:
		return 0, false
	case f.Op == "=":
		return g.Rows - times[record.MarkOf(want)], true
	case f.Op == "<>":
		return times[record.MarkOf(want)], true
	}
	return 0, false
}
