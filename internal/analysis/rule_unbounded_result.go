package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// hugeResult is from how many rows on a result without LIMIT is told of. A page has tens of rows, a list to choose from
// hundreds; with a thousand, a table is being read.
const hugeResult = 1000

// UnboundedResult finds results of many rows that nothing limits.
var unboundedResult = &Rule{Rule: finding.Rule{
	Name: "unbounded-result", Title: "a huge result without LIMIT", Since: "v0.1.0", Tips: []int{6}, Max: finding.Suspect,
	Doc:  fmt.Sprintf("A SELECT without LIMIT returned %d rows or more, and they were gathered in memory.", hugeResult),
	Cost: "Memory, and the time to the first answer, grow with the table. What works in a test stops the service one day.",
	Proof: "Suspect, never more: an export may need all rows, and the size of the data is that of the run. Where the source " +
		"is at hand, it has to gather the rows in a collection.",
	Fix:   "Fetch pages, each from where the last one ended (WHERE id > ? ORDER BY id LIMIT ?), or handle each row as it is read.",
	Quiet: "A LIMIT, lists of keys, rows that are handled one by one as they are read, and what other rules find.",
},
	once:  true,
	check: checkUnbounded,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s in one result, and nothing limits them", rowCount(f.Rows()/max(f.Count, 1)))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery, fetchToCount, fetchToExist, aggregateInApp, filterInApp, redundantKeyLookup},
}

func checkUnbounded(p *Pass) {
	for _, g := range p.fetching(hugeResult) {
		if !g.whole() || g.listed() {
			continue
		}
		u := p.use(g)
		if u.Known && !u.Gathered {
			continue
		}
		h := &hit{group: g, level: finding.Suspect, count: g.Count, fix: finding.Fix{Text: p.rule.Fix}}
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("the longest result had %s, and was read to the end", rowCount(int(g.Longest)))})
		if u.Known {
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: "the rows are gathered in a collection"})
		}
		p.report(h)
	}
}

// listed reports whether a list of keys bounds g's rows.
func (g *group) listed() bool { return len(rewrite.ListValues(g.Key.DB.Dialect, g.Parsed)) > 0 }
