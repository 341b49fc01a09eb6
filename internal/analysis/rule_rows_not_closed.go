package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
)

// rowsNotClosed finds results that are open when their scope ends.
var rowsNotClosed = &Rule{Rule: finding.Rule{
	Name: "rows-not-closed", Title: "a result that is not closed", Since: "v0.1.0", Max: finding.Proven, Note: driverNote,
	Doc: "Rows were neither read to their end nor closed when the request, test or job ended.",
	Cost: "An open result holds its connection. The next statement needs another one, until the pool reaches its limit and " +
		"all statements wait.",
	Proof: "Always a note. The result was not closed in the driver when the scope ended.",
	Fix:   "Write defer rows.Close() after the check of the query's error.",
	Quiet: "Results that are read to their end, which database/sql closes, results of (*sql.DB).QueryRow after Scan, and set-up code.",
},
	ownMinimum: true,
	check: func(p *Pass) {
		for _, g := range p.groups {
			if g.Open > 0 && !p.callStack(g.Key.Stack).setUp {
				p.reportNote(&detection{group: g, count: int(g.Open), repeat: repeat{source: true}},
					finding.Evidence{From: "driver", Text: fmt.Sprintf("%d of %d results were open when the scope ended", g.Open, g.Count)})
			}
		}
	},
	message: func(f *finding.Finding) string {
		if f.Count == 1 {
			return "1 result was open when the scope ended"
		}
		return fmt.Sprintf("%d results were open when the scope ended", f.Count)
	},
}
