package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// transactionPerRow finds transactions of one write each in a loop.
var transactionPerRow = &Rule{Rule: finding.Rule{
	Name: "transaction-per-row", Title: "one transaction for each row, in a loop", Since: "v0.1.0", Max: finding.Proven, Note: driverNote,
	Doc:   "Each turn of a loop begins a transaction, writes one row, and commits.",
	Cost:  "A commit waits until the disk or the replicas have the data, and BEGIN and COMMIT are round trips of their own.",
	Proof: "Always a note. All statements have one call stack, each ran in a transaction of its own, and application code began these.",
	Fix:   "Begin one transaction around the loop, or one for a few hundred rows each. Keep the transactions if each row must be durable by itself, as in a worker.",
	Quiet: "Transactions that a data layer begins around each write, fewer statements than the threshold, loops that the source shows to " +
		"have a fixed number of turns, to wait, or to search, and statements without a loop in source that was read.",
},
	ownMinimum: true,
	check: func(p *Pass) {
		reported := make(map[string]bool) // by cause: several statements may share the transactions of a loop
		for _, kind := range [...]fingerprint.Kind{fingerprint.Insert, fingerprint.Update, fingerprint.Delete} {
			for _, g := range p.repeated(kind) {
				r := p.repeat(g)
				if g.Count < p.cfg.Threshold || !p.ownTransactions(g) || r.harmless() {
					continue
				}
				h := &detection{group: g, count: g.Count, repeat: r}
				if cause := p.cause(h); !reported[cause] {
					reported[cause] = true
					p.reportNote(h, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d statements ran in %d transactions", g.Count, g.TxChanges+1)})
				}
			}
		}
	},
	message: func(f *finding.Finding) string { return fmt.Sprintf("%d transactions, one per row", f.Count) },
}
