package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
)

// prepareInLoop finds statements that are prepared again for each execution.
var prepareInLoop = &Rule{Rule: finding.Rule{
	Name: "prepare-in-loop", Title: "a statement prepared for each execution, in a loop", Since: "v0.1.0", Max: finding.Proven, Note: driverNote,
	Doc: "Each turn of a loop prepares the same statement, executes it once, and closes it.",
	Cost: "Preparing and closing are round trips of their own: three where the statement needs one. The plan that preparing makes is " +
		"used once.",
	Proof: "Always a note. All statements have one call stack, and each was the first execution of a statement that application code prepared.",
	Fix:   "Prepare the statement once, before the loop, or execute it without preparing it.",
	Quiet: "Statements that are executed more than once after they are prepared, statements that database/sql or a data layer prepares, " +
		"fewer statements than the threshold, set-up code, loops that the source shows to have a fixed number of turns, to wait, or to " +
		"search, and statements without a loop in source that was read.",
},
	ownMinimum: true,
	check: func(p *Pass) {
		for _, g := range p.groups {
			if g.Count < p.cfg.Threshold || int(g.Fresh) < g.Count {
				continue
			}
			t := p.callStack(g.Key.Stack)
			if !t.byStmt || t.user != 0 || t.setUp {
				continue
			}
			if r := p.repeat(g); !r.harmless() {
				p.reportNote(&detection{group: g, count: g.Count, repeat: r}, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d statements were prepared for %d executions", g.Count, g.Count)})
			}
		}
	},
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("prepared %d times, and executed once each time", f.Count)
	},
}
