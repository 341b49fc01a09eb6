package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// fetchToCount finds rows that are fetched only to be counted.
var fetchToCount = &Rule{Rule: finding.Rule{
	Name: "fetch-to-count", Title: "rows fetched only to be counted", Since: "v0.1.0", Tips: []int{10}, Max: finding.Proven,
	Doc: "A result is read to its end, and the program uses only the number of rows: the length of the slice that has " +
		"them, or a variable that is incremented for each.",
	Cost: "The database sends, and the program decodes, every column of every row for one number. The cost grows with the data. A " +
		"count is one row, and often needs only an index.",
	Proof: "Proven: types in the source show that every use of the rows, also in helpers and in the callers on the stack, is " +
		"their number; or the driver, which scans columns itself (Go 1.27), recorded that no row was scanned. Likely: the rows also " +
		"pass a call through an interface. Suspect: a list of keys bounds the number of rows, or not even the number is used.",
	Fix: "Count in the database: SELECT count(*) with the same conditions.",
	Quiet: "Rows with another use, a LIMIT, locked rows, results of one row, packages whose types are not available, statements that a " +
		"recursion or set-up code runs, and rows that a test itself counts.",
},
	ownMinimum: true,
	check:      checkCounts,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%s fetched only to be counted", rowCount(f.Rows()))
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

func checkCounts(p *Pass) {
	for _, g := range p.fetching(0) {
		if !g.readsAll() {
			continue
		}
		u := p.use(g)
		if g.Longest < 2 && !u.Gathered {
			continue // the code may expect one row
		}
		if !u.Known && g.Longest > 1 && int(g.Unscanned) == g.Count {
			p.report(&detection{group: g, level: finding.Proven, count: g.Count, fix: g.countFix(p.rule), evidence: []finding.Evidence{
				{From: "driver", Text: fmt.Sprintf("%s read to the end, and no value was scanned", rowCount(g.Rows))},
			}})
			continue
		}
		if u.Known && u.Unread && u.Gathered && len(u.Counts)+len(u.Exists) == 0 && !g.takesList() {
			h := &detection{group: g, level: finding.Suspect, count: g.Count, fix: finding.Fix{Text: "Leave the statement out, or count in the database."}}
			h.says = fmt.Sprintf("%s fetched, and the code does not use them", rowCount(g.Rows))
			h.evidence = u.addThrough([]finding.Evidence{{From: "source", Text: "no value of a row is read, nor the number of rows"}})
			if g.fewRows(h) {
				p.report(h)
			}
			continue
		}
		if !u.Known || !u.Unread || len(u.Counts) == 0 {
			continue
		}
		h := &detection{group: g, level: u.level(), count: g.Count, at: &u.Counts[0], fix: g.countFix(p.rule)}
		if u.Relation {
			h.fix = finding.Fix{Text: "Count in the database, for all owners at once: SELECT key, count(*) … GROUP BY key."}
		}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: fmt.Sprintf("%s read to the end", rowCount(g.Rows))},
			{From: "source", Text: "no value of a row is read; the number of rows is used at " + whereUsed(u.Counts[0])},
		}
		h.evidence = u.addThrough(h.evidence)
		if !g.fewRows(h) {
			continue
		}
		if g.takesList() {
			h.level = finding.Suspect
			h.evidence = append(h.evidence, finding.Evidence{From: "sql", Against: true, Text: "a list of keys bounds the number of rows"})
		}
		p.report(h)
	}
}

// countFix returns the fix that counts g's rows: for each key if the key differs between g's statements.
func (g *group) countFix(rule *Rule) finding.Fix {
	r, err := rewrite.Count(g.rewriteQuery())
	if g.Varies().Key {
		if each, eerr := rewrite.CountByKey(g.rewriteLoop()); eerr == nil {
			r, err = each, nil
		}
	}
	return rowUseFix(rule, r, err)
}
