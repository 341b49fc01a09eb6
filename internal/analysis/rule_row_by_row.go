package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/frame"
)

const (
	rowByRowCost = "Each row pays a round trip and, outside a transaction, a commit that waits for the disk."

	rowByRowProof = "Proven: the keys are the values of one column of an earlier result and come from there, or one " +
		"transaction holds all the repeats of a loop that the source shows. Likely: one statement, one call stack, a loop. " +
		"Suspect: each row has a transaction or a savepoint of its own, or the loop also sends something out, as in a worker that " +
		"must not lose what is done."

	rowByRowQuiet = "Statements that write several rows each, emulated upserts, set-up code, loops that run a fixed number of " +
		"times or that wait. For each message that comes it is only suspect. A loop in a _test.go file gives a note."
)

// RowByRowInsert finds INSERTs of one row each in a loop.
var rowByRowInsert = &Rule{Rule: finding.Rule{
	Name: "row-by-row-insert", Title: "one INSERT for each row, in a loop", Since: "v0.1.0", Tips: []int{11, 12}, Max: finding.Proven,
	Doc:   "Rows of one table, also the rows that join two tables, are inserted by one statement each.",
	Cost:  rowByRowCost,
	Proof: rowByRowProof,
	Fix:   "Insert all rows with one statement: INSERT … VALUES (…), (…), in chunks when there are thousands, or the bulk interface of the database (COPY).",
	Quiet: rowByRowQuiet,
},
	check:    func(p *Pass) { rowByRow(p, fingerprint.Insert) },
	message:  func(f *finding.Finding) string { return perRow(f, "inserts") },
	requires: []*Rule{nPlusOne},
}

// RowByRowUpdate finds UPDATEs of one row each in a loop.
var rowByRowUpdate = &Rule{Rule: finding.Rule{
	Name: "row-by-row-update", Title: "one UPDATE for each row, in a loop", Since: "v0.1.0", Tips: []int{11}, Max: finding.Proven,
	Doc:   "Rows of one table are updated by one statement each.",
	Cost:  rowByRowCost,
	Proof: rowByRowProof,
	Fix:   "Update all rows with one statement: WHERE key IN (…) when they get the same values, else a CASE, or a join with a list of VALUES.",
	Quiet: rowByRowQuiet,
},
	check:    func(p *Pass) { rowByRow(p, fingerprint.Update) },
	message:  func(f *finding.Finding) string { return perRow(f, "updates") },
	requires: []*Rule{nPlusOne},
}

// RowByRowDelete finds DELETEs of one row each in a loop.
var rowByRowDelete = &Rule{Rule: finding.Rule{
	Name: "row-by-row-delete", Title: "one DELETE for each row, in a loop", Since: "v0.1.0", Tips: []int{11}, Max: finding.Proven,
	Doc:   "Rows of one table are deleted by one statement each.",
	Cost:  rowByRowCost,
	Proof: rowByRowProof,
	Fix:   "Delete all rows with one statement: WHERE key IN (…), or the condition that chose them.",
	Quiet: rowByRowQuiet,
},
	check:    func(p *Pass) { rowByRow(p, fingerprint.Delete) },
	message:  func(f *finding.Finding) string { return perRow(f, "deletes") },
	requires: []*Rule{nPlusOne},
}

// layersTransaction reports whether g's transactions are not the user's: a data layer that wraps each write in one of its
// own (GORM does) begins it in the very call that writes, or that calls a hook which does. A call that is there to begin a
// transaction, and runs what it is given in it, is the user's.
func (p *Pass) layersTransaction(g *group) bool {
	begun, ran := p.trace(g.TxStack), p.trace(g.Key.Stack)
	if begun.user <= 0 || !slices.Contains(ran.frames, begun.frames[begun.user]) {
		return false
	}
	if ran.user > 0 && begun.frames[begun.user] == ran.frames[ran.user] {
		return true
	}
	called := strings.ToLower(frame.Name(begun.frames[begun.user-1].Function))
	called = called[strings.LastIndexByte(called, '.')+1:]
	return !strings.Contains(called, "tx") && !strings.Contains(called, "transact") && !strings.Contains(called, "begin")
}

func rowByRow(p *Pass, kind fingerprint.Kind) {
	for _, g := range p.repeated(kind) {
		if h := p.writes(g); h != nil {
			h.fix = batchedWrite(g, p.rule)
			p.report(h)
		}
	}
}

func (p *Pass) writes(g *group) *hit {
	if g.ValuesRows > 1 && !g.UnevenRows || g.Facts().Kind == fingerprint.Insert && !g.GivesValues() {
		return nil // many rows with each statement
	}
	v := g.Varies()
	same := g.Facts().Kind != fingerprint.Insert && !v.Key && !v.Unknown
	if same && (v.List || v.Other || !g.hasKey()) {
		return nil // a chunk, a range, or all rows
	}
	r := p.repeat(g)
	f, _ := p.feedOf(g, r)
	if f != nil && f.strength == byValue {
		f = nil
	}
	h := &hit{group: g, count: g.Count, repeat: r, perRow: true, match: f, level: finding.Likely}
	if f != nil {
		h.parent = p.parent(f)
		h.evidence = append(h.evidence, f.evidence(g))
	}
	h.evidence = append(h.evidence, p.stackEvidence(g, r)...)
	switch {
	case g.ValuesRows > 1:
		h.level = finding.Suspect
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: fmt.Sprintf("the statements write different numbers of rows, up to %d", g.ValuesRows)})
	case v.Unknown && !v.Key && g.Facts().Kind != fingerprint.Insert:
		h.level = finding.Suspect
		h.evidence = append(h.evidence, p.unreadKeys())
	case same:
		h.level = finding.Suspect
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: "all statements have the same key: the same rows are written again in each turn"})
	case f != nil && f.proven:
		h.level = finding.Proven
		h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: f.reason})
	case r.loop != nil && !r.loop.Test && g.Tx != 0 && g.TxChanges == 0:
		h.level = finding.Proven
		h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: fmt.Sprintf("one transaction holds all %d, so that one statement could take their place", g.Count)})
	default:
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: "not proven: neither one transaction nor an earlier result binds the rows together"})
	}
	return h
}
