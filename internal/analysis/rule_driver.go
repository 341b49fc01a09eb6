package analysis

import (
	"fmt"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// noteDriver is why the rules of this file only make notes: what they find is a fact, but a team may well accept it.
const noteDriver = "what a driver is made to do beyond the statements fails no check"

// TransactionPerRow finds transactions of one write each in a loop.
var transactionPerRow = &Rule{Rule: finding.Rule{
	Name: "transaction-per-row", Title: "a transaction of its own for each row, in a loop", Since: "v0.1.0", Max: finding.Proven, Note: noteDriver,
	Doc:   "A loop begins a transaction, writes one row, and commits, again and again.",
	Cost:  "A commit waits until the disk or the replicas have the data, and BEGIN and COMMIT are round trips of their own.",
	Proof: "Proven: all the statements came from one call stack in a loop, each ran in another transaction, and the code itself began them.",
	Fix:   "Begin one transaction around the loop, or one for each few hundred rows. Where each row must be safe by itself, as in a worker, leave it.",
	Quiet: "Transactions that a data layer begins around each write, fewer than the threshold, loops that run a fixed number of times " +
		"or that wait, set-up code. What is found is a note.",
},
	once: true,
	check: func(p *Pass) {
		loops := make(map[string]bool) // that were told of: several statements may share each transaction
		for _, kind := range [...]fingerprint.Kind{fingerprint.Insert, fingerprint.Update, fingerprint.Delete} {
			for _, g := range p.repeated(kind) {
				r := p.repeat(g)
				if g.Count < p.cfg.Threshold || !g.OwnTransactions() || p.layersTransaction(g) || r.harmless() {
					continue
				}
				h := &hit{group: g, count: g.Count, repeat: r}
				if cause := p.cause(h); !loops[cause] {
					loops[cause] = true
					p.note(h, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d statements ran in %d transactions", g.Count, g.TxChanges+1)})
				}
			}
		}
	},
	message: func(f *finding.Finding) string { return fmt.Sprintf("%d transactions, one per row", f.Count) },
}

// PrepareInLoop finds statements that are prepared anew for each execution.
var prepareInLoop = &Rule{Rule: finding.Rule{
	Name: "prepare-in-loop", Title: "a statement prepared anew for each execution, in a loop", Since: "v0.1.0", Max: finding.Proven, Note: noteDriver,
	Doc:   "A loop prepares the same statement in each turn, runs it once, and closes it.",
	Cost:  "Preparing and closing are round trips of their own: three where the statement alone is one, and the plan that preparing is for is thrown away.",
	Proof: "Proven: all the statements came from one call stack, and each was the first execution of a statement prepared by the code itself.",
	Fix:   "Prepare the statement once above the loop, or run it without preparing it.",
	Quiet: "Statements that are run more than once for each time that they are prepared, what database/sql or a data layer prepares, fewer than the " +
		"threshold, set-up code. What is found is a note.",
},
	once: true,
	check: func(p *Pass) {
		for _, g := range p.groups {
			if g.Count < p.cfg.Threshold || int(g.Fresh) < g.Count {
				continue
			}
			t := p.trace(g.Key.Stack)
			if !t.byStmt || t.user != 0 || t.setUp {
				continue
			}
			if r := p.repeat(g); !r.harmless() {
				p.note(&hit{group: g, count: g.Count, repeat: r}, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d statements were prepared for %d executions", g.Count, g.Count)})
			}
		}
	},
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("prepared %d times, and executed once each time", f.Count)
	},
}

// ImplicitPrepare finds statements that database/sql prepares because the driver asks for it.
var implicitPrepare = &Rule{Rule: finding.Rule{
	Name: "implicit-prepare", Title: "statements that the driver has database/sql prepare first", Since: "v0.1.0", Max: finding.Proven, Note: noteDriver,
	Doc: "The driver does not put arguments into a text itself, so that database/sql prepares each statement with arguments, " +
		"runs it once, and closes it.",
	Cost:  "Each statement costs three round trips where one would do.",
	Proof: "Proven: statements that the code did not prepare ran as prepared ones, each prepared anew, on MySQL, where preparing is a round trip.",
	Fix: "Set interpolateParams=true in the DSN of go-sql-driver/mysql, which then sends one text (not with the character sets big5, cp932, gb2312, gbk and sjis), or prepare " +
		"statements that run often once and keep them.",
	Quiet: "Statements without arguments, drivers whose preparing is no round trip, fewer than the threshold. What is found is one note for a database.",
},
	once:  true,
	check: checkImplicitPrepare,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%d statements were prepared to be executed once", f.Count)
	},
}

func checkImplicitPrepare(p *Pass) {
	var hits []*hit
	for _, g := range p.groups {
		if g.Key.DB.Dialect != fingerprint.MySQL || int(g.Fresh) < g.Count || p.trace(g.Key.Stack).byStmt || p.trace(g.Key.Stack).setUp {
			continue
		}
		i := slices.IndexFunc(hits, func(h *hit) bool { return h.group.Key.DB == g.Key.DB })
		if i < 0 {
			i = len(hits)
			hits = append(hits, &hit{group: g, about: fmt.Sprintf("database %d", i+1)})
		}
		hits[i].count += g.Count
		hits[i].also = append(hits[i].also, g)
	}
	for _, h := range hits {
		if h.count >= p.cfg.Threshold {
			p.note(h, finding.Evidence{From: "driver", Text: fmt.Sprintf("database/sql prepared %d statements for one execution each", h.count)})
		}
	}
}

// RowsNotClosed finds results that are still open when their scope ends.
var rowsNotClosed = &Rule{Rule: finding.Rule{
	Name: "rows-not-closed", Title: "a result that nobody closed", Since: "v0.1.0", Max: finding.Proven, Note: noteDriver,
	Doc: "Rows were neither read to their end nor closed before the request, test or job was over.",
	Cost: "An open result keeps its connection: the pool opens another one for the next statement, until its limit, and then everybody " +
		"waits.",
	Proof: "Proven: the driver was not told to close the result before the scope ended.",
	Fix:   "Put defer rows.Close() behind the check of the query's error.",
	Quiet: "Results that are read to their end, which database/sql closes, and those of (*sql.DB).QueryRow once it is scanned. What is found is a note.",
},
	once: true,
	check: func(p *Pass) {
		for _, g := range p.groups {
			if g.Open > 0 && !p.trace(g.Key.Stack).setUp {
				p.note(&hit{group: g, count: int(g.Open), repeat: repeat{source: true}},
					finding.Evidence{From: "driver", Text: fmt.Sprintf("%d of %d results were open when the scope ended", g.Open, g.Count)})
			}
		}
	},
	message: func(f *finding.Finding) string {
		if f.Count == 1 {
			return "1 result was still open at the end"
		}
		return fmt.Sprintf("%d results were still open at the end", f.Count)
	},
}

// note reports a hit that is proven and never gates.
func (p *Pass) note(h *hit, why ...finding.Evidence) {
	h.level, h.note, h.evidence, h.fix = finding.Proven, p.rule.Note, append(h.evidence, why...), finding.Fix{Text: p.rule.Fix}
	p.report(h)
}
