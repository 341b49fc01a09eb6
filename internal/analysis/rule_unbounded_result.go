package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
)

// unboundedResult finds results of many rows without a limit.
var unboundedResult = &Rule{Rule: finding.Rule{
	Name: "unbounded-result", Title: "a large result without LIMIT", Since: "v0.1.0", Tips: []int{6}, Max: finding.Suspect,
	Doc:  fmt.Sprintf("A SELECT without LIMIT returned %d rows or more, and the program stores them in memory.", hugeResult),
	Cost: "Memory and response time grow with the table.",
	Proof: "Suspect, never more: an export may need all rows, and the size depends on the data of the run. If types are " +
		"available, they show that the program stores the rows in a collection.",
	Fix: "Fetch pages, each from the end of the one before (WHERE id > ? ORDER BY id LIMIT ?), or process each row as it is read.",
	Quiet: "A LIMIT, locked rows, lists of keys, rows that are processed one by one as they are read, statements that another rule reports or that a recursion, " +
		"a test or set-up code runs.",
},
	ownMinimum: true,
	check:      checkUnbounded,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s in one result without LIMIT", rowCount(f.Rows()/max(f.Count, 1)))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery, fetchToCount, fetchToExist, aggregateInApp, filterInApp, redundantKeyLookup},
}

func checkUnbounded(p *Pass) {
	for _, g := range p.fetching(hugeResult) {
		if !g.readsAll() || g.takesList() {
			continue
		}
		u := p.use(g)
		if u.Known && !u.Gathered {
			continue
		}
		h := &detection{group: g, level: finding.Suspect, count: g.Count, fix: finding.Fix{Text: p.rule.Fix}}
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("the longest result had %s, and was read to the end", rowCount(int(g.Longest)))})
		if u.Known {
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: "the rows are stored in a collection"})
		}
		p.report(h)
	}
}
