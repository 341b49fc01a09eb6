package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/value"
)

// FilterInApp finds loops that drop rows by a condition that the statement could have had.
var filterInApp = &Rule{Rule: finding.Rule{
	Name: "filter-in-app", Title: "rows dropped after they were fetched", Since: "v0.1.0", Tips: []int{7}, Max: finding.Likely,
	Doc: "A loop goes over the rows of a result, compares one column with a constant or with a value of the program's, and " +
		"does nothing with the rows that fail.",
	Cost: "Rows that nobody wants are found, sent and decoded. An index on the column would have spared the database them as " +
		"well.",
	Proof: "Likely: the types of the source show that nothing uses the rows that fail, and the values that were fetched show " +
		"that two of three rows or more do. Suspect: how many rows fail is not known, as the values " +
		"are compared by size, or the other side of the comparison is not in the source.",
	Fix: "Move the comparison into the statement's WHERE.",
	Quiet: "Rows that are used otherwise as well, an else that does something, conditions that call functions, a LIMIT, and " +
		"loops that keep most rows.",
},
	once:  true,
	asks:  true,
	check: checkFilters,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s fetched, then dropped by a condition", rowCount(f.Rows()))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

// What a filter has to drop: fewer rows cost next to nothing, and may come with the key of their owner.
const (
	fewDropped   = 20
	dropsMost    = 3 // of this many rows
	dropsMostOut = 2 // that many
)

func checkFilters(p *Pass) {
	for _, g := range p.fetching(fewDropped) {
		if f := g.Facts(); !g.whole() || f.GroupBy || f.Compound || len(f.Aggregates) > 0 {
			continue
		}
		u := p.use(g)
		if !u.Known || u.Filter == nil {
			continue
		}
		conditions, ok := u.Filter.conditions()
		if !ok {
			continue
		}
		r, err := rewrite.Filter(g.query(), conditions...)
		h := &hit{group: g, level: finding.Suspect, count: g.Count, at: &u.Filter.Position, fix: processed(p.rule, r, err)}
		said := finding.Evidence{From: "driver", Text: fmt.Sprintf("%s read to the end", rowCount(g.Rows))}
		if failing, known := g.failing(u.Filter); known {
			if failing < fewDropped || failing*dropsMost < g.Rows*dropsMostOut {
				continue
			}
			h.level = finding.Likely
			said.Text += fmt.Sprintf(", %d of which fail the comparison", failing)
		}
		h.evidence = []finding.Evidence{said, {From: "source", Text: "nothing is done with the rows that fail at " + whereUsed(u.Filter.Position)}}
		p.report(h)
	}
}

// failing returns how many of g's rows fail a filter, at least, when their values were kept and tell it. Compared for
// equality with a value that is not known, all rows fail but those of one value: at worst, the most frequent one.
func (g *group) failing(f *Filter) (n int, known bool) {
	column := g.index(f.Column)
	t := &g.Results
	if column < 0 || column >= len(t.Names) || t.Shed || t.Rows != g.Rows {
		return 0, false
	}
	times, most := make(map[record.Mark]int), 0
	for _, v := range t.Column(column) {
		if v == 0 {
			return 0, false // NULL, or a value that was not kept, as flags are not
		}
		times[v]++
		most = max(most, times[v])
	}
	switch want, ok := value.Of(f.Literal); {
	case f.Literal == nil && f.Op == "=":
		return g.Rows - most, true
	case f.Literal == nil || !ok:
		return 0, false
	case f.Op == "=":
		return g.Rows - times[record.MarkOf(want)], true
	case f.Op == "<>":
		return times[record.MarkOf(want)], true
	}
	return 0, false
}
