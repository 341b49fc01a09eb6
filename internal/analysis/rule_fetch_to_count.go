package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// FetchToCount finds rows that are fetched, and only counted.
var fetchToCount = &Rule{Rule: finding.Rule{
	Name: "fetch-to-count", Title: "rows fetched only to be counted", Since: "v0.1.0", Tips: []int{10}, Max: finding.Proven,
	Doc: "A result is read to its end, and the program looks at nothing but the number of rows: the length of the slice that " +
		"they were gathered in, or a variable that was raised for each.",
	Cost: "The database finds, sends and the program decodes every column of every row, to learn one number. The cost grows " +
		"with the data; a count is one row, and often needs the index only.",
	Proof: "Proven: the types of the source show that every use of the rows, also in helpers and through the callers on the " +
		"stack, takes their number; or the driver, which scans columns itself (Go 1.27), has seen that no row was scanned. Likely: the same, with a call through an interface in between. Suspect: the rows are bounded by a list of keys.",
	Fix: "Count in the database: SELECT count(*) with the same conditions.",
	Quiet: "A use of the rows beside the count, a LIMIT, results of one row, code whose types are not at hand, and what a " +
		"test counts itself.",
},
	once:  true,
	check: checkCounts,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s fetched only to be counted", rowCount(f.Rows()))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

func checkCounts(p *Pass) {
	for _, g := range p.fetching(2) {
		if !g.whole() {
			continue
		}
		u := p.use(g)
		if !u.Known && int(g.Unscanned) == g.Count {
			p.report(&hit{group: g, level: finding.Proven, count: g.Count, fix: g.counted(p.rule), evidence: []finding.Evidence{
				{From: "driver", Text: fmt.Sprintf("%s read to the end, and no value of theirs was scanned", rowCount(g.Rows))},
			}})
			continue
		}
		if !u.Known || !u.Unread || len(u.Counts) == 0 {
			continue
		}
		h := &hit{group: g, level: u.surest(), count: g.Count, at: &u.Counts[0], fix: g.counted(p.rule)}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: fmt.Sprintf("%s read to the end", rowCount(g.Rows))},
			{From: "source", Text: "no value of a row is read; their number is taken at " + whereUsed(u.Counts[0])},
		}
		h.evidence = throughEvidence(u, h.evidence)
		if g.listed() {
			h.level = finding.Suspect
			h.evidence = append(h.evidence, finding.Evidence{From: "sql", Against: true, Text: "only suspect: a list of keys bounds the rows"})
		}
		p.report(h)
	}
}

// counted returns the fix that counts g's rows: for each key where g is many statements.
func (g *group) counted(rule *Rule) finding.Fix {
	r, err := rewrite.Count(g.query())
	if g.Varies().Key {
		if each, eerr := rewrite.CountByKey(g.loop()); eerr == nil {
			r, err = each, nil
		}
	}
	return processed(rule, r, err)
}
