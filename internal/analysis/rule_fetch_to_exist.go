package analysis

import (
	"fmt"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// FetchToExist finds rows that are fetched to see whether there are any.
var fetchToExist = &Rule{Rule: finding.Rule{
	Name: "fetch-to-exist", Title: "rows fetched only to see whether there are any", Since: "v0.1.0", Tips: []int{10}, Max: finding.Proven,
	Doc: "A result of several rows is fetched, and the program only asks whether it is empty.",
	Cost: "All rows are found and sent where the first one would have answered. What takes a moment today takes as long as " +
		"there are rows tomorrow.",
	Proof: "Proven: the types of the source show that every use of the rows, also in helpers and through the callers on the " +
		"stack, asks whether there is one. Likely: the same, with a call through an interface in between. Suspect: the rows " +
		"are left before their end, so that it is not known how many there are.",
	Fix: "Ask the database: SELECT EXISTS (SELECT 1 …), which stops at the first row.",
	Quiet: "A use of the rows beside the question, a LIMIT, SELECT 1, results of one row, look-ups of one row by QueryRow, " +
		"and what a test looks for itself.",
},
	once:  true,
	asks:  true,
	check: checkExists,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s fetched only to see whether there are any", rowCount(f.Rows()))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

func checkExists(p *Pass) {
	for _, g := range p.fetching(1) {
		f := g.Facts()
		if f.Limit || f.Offset || f.Locking || g.Drained == 0 && g.Abandoned == 0 || g.Drained > 0 && g.Longest < 2 || slices.Equal(f.Columns, []string{"?"}) {
			continue
		}
		u := p.use(g)
		if !u.Known || !u.Unread || len(u.Counts) > 0 || len(u.Exists) == 0 {
			continue
		}
		r, err := rewrite.Exists(g.query())
		h := &hit{group: g, level: u.surest(), count: g.Count, at: &u.Exists[0], fix: processed(p.rule, r, err)}
		read := "read to the end"
		if g.Abandoned > 0 {
			h.level, read = finding.Suspect, "read before the result was left: there may be more"
		}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: fmt.Sprintf("%s %s", rowCount(g.Rows), read)},
			{From: "source", Text: "no value of a row is read; whether there is one is asked at " + whereUsed(u.Exists[0])},
		}
		h.evidence = throughEvidence(u, h.evidence)
		p.report(h)
	}
}
