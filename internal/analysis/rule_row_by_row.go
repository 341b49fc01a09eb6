package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

const (
	rowByRowCost = "Each row is a round trip and, outside of a transaction, a commit that waits for the disk."

	rowByRowProof = "Proven: one transaction has all statements of a loop that the source shows, or the arguments are the values of one " +
		"column of an earlier result, in row order, and either the source shows that this result flows into the call in the loop, or " +
		"the values are UUIDs, ULIDs or numbers above 2^40, which no other column has by chance. Likely: the statements have one " +
		"call stack, and none of these is shown. Suspect: the keys of an UPDATE or DELETE are equal or could not be read, or the " +
		"statements write several rows each, in different numbers."

	rowByRowQuiet = "INSERTs of several rows in chunks, INSERT … SELECT, and an UPDATE or DELETE of a chunk, a range or " +
		"all rows. Mitigations lower a finding."
)

// rowByRowInsert finds INSERTs of one row each in a loop.
var rowByRowInsert = &Rule{Rule: finding.Rule{
	Name: "row-by-row-insert", Title: "one INSERT for each row, in a loop", Since: "v0.1.0", Tips: []int{11, 12}, Max: finding.Proven,
	Doc:   "A loop inserts rows into one table, or into a table that joins two others, with one statement for each row.",
	Cost:  rowByRowCost,
	Proof: rowByRowProof,
	Fix:   "Insert all rows with one statement: INSERT … VALUES (…), (…), in chunks when there are thousands, or the bulk interface of the database (COPY).",
	Quiet: rowByRowQuiet,
},
	check:    func(p *Pass) { rowByRow(p, fingerprint.Insert) },
	message:  func(f *finding.Finding) string { return perRowMessage(f, "inserts") },
	requires: []*Rule{nPlusOne},
}

// rowByRowUpdate finds UPDATEs of one row each in a loop.
var rowByRowUpdate = &Rule{Rule: finding.Rule{
	Name: "row-by-row-update", Title: "one UPDATE for each row, in a loop", Since: "v0.1.0", Tips: []int{11}, Max: finding.Proven,
	Doc:   "A loop updates rows of one table with one statement for each row.",
	Cost:  rowByRowCost,
	Proof: rowByRowProof,
	Fix:   "Update all rows with one statement: WHERE key IN (…) if they get the same values, otherwise a CASE or a join with a list of VALUES.",
	Quiet: rowByRowQuiet,
},
	check:    func(p *Pass) { rowByRow(p, fingerprint.Update) },
	message:  func(f *finding.Finding) string { return perRowMessage(f, "updates") },
	requires: []*Rule{nPlusOne},
}

// rowByRowDelete finds DELETEs of one row each in a loop.
var rowByRowDelete = &Rule{Rule: finding.Rule{
	Name: "row-by-row-delete", Title: "one DELETE for each row, in a loop", Since: "v0.1.0", Tips: []int{11}, Max: finding.Proven,
	Doc:   "A loop deletes rows of one table with one statement for each row.",
	Cost:  rowByRowCost,
	Proof: rowByRowProof,
	Fix:   "Delete all rows with one statement: WHERE key IN (…), or the condition that selected them.",
	Quiet: rowByRowQuiet,
},
	check:    func(p *Pass) { rowByRow(p, fingerprint.Delete) },
	message:  func(f *finding.Finding) string { return perRowMessage(f, "deletes") },
	requires: []*Rule{nPlusOne},
}

func rowByRow(p *Pass, kind fingerprint.Kind) {
	for _, g := range p.repeated(kind) {
		if h := p.writePerRow(g); h != nil {
			h.fix = batchedWrite(g, p.rule)
			if p.writtenBetween(g) {
				h.fix = finding.Fix{Text: "Write the rows with few statements. No statement is given here: another one writes to the same table between them, and their order counts."}
				h.needed = h.count
				h.level = min(h.level, finding.Likely)
				h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: "another statement wrote to the same table between them"})
			}
			p.report(h)
		}
	}
}

// writePerRow returns the detection for a write that ran several times; nil if each statement writes several rows.
func (p *Pass) writePerRow(g *group) *detection {
	if g.ValuesRows > 1 && !g.UnevenRows || g.Facts().Effect() == fingerprint.Insert && !g.GivesValues() {
		return nil
	}
	v := g.Varies()
	sameKey := g.Facts().Effect() != fingerprint.Insert && !v.Key && !v.Unknown
	if sameKey && (v.List || v.Other || !g.hasKey()) {
		return nil // a chunk, a range, or all rows
	}
	r := p.repeat(g)
	m, _ := p.findParent(g, r)
	if m != nil && m.strength == byValue {
		m = nil
	}
	h := &detection{group: g, count: g.Count, repeat: r, perRow: true, match: m, level: finding.Likely}
	if m != nil {
		h.parent = p.parentOf(m)
		h.evidence = append(h.evidence, m.evidence(g))
	}
	h.evidence = append(h.evidence, p.repeatEvidence(g, r)...)
	switch {
	case g.ValuesRows > 1:
		h.level = finding.Suspect
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: fmt.Sprintf("the statements write different numbers of rows, up to %d", g.ValuesRows)})
	case v.Unknown && !v.Key && g.Facts().Effect() != fingerprint.Insert:
		h.level = finding.Suspect
		h.evidence = append(h.evidence, p.unreadKeys())
	case sameKey:
		h.level = finding.Suspect
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: "all statements have the same key: each turn writes the same rows again"})
	case r.rival != nil:
		// Likely: which loop turned is not known.
	case m != nil && m.proven:
		h.level = finding.Proven
		h.evidence = append(h.evidence, strengthEvidence(h.level, m, v.Key))
	case r.loop != nil && !r.loop.Test && p.inOneUnit(g) && !p.writtenBetween(g):
		h.level = finding.Proven
		h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: fmt.Sprintf("all %d are in one transaction, so one statement can replace them", g.Count)})
	case g.Tx != 0 && g.TxChanges == 0 && g.SavepointChanges > 0:
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: "the rows come from no earlier query, and are in several savepoints of one transaction"})
	default:
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: "the rows come neither from one transaction nor from one earlier query"})
	}
	return h
}

// writtenBetween reports whether another statement wrote to g's table between two of g's statements, so that their order may count.
// Deletes do not change what other deletes do, nor inserts what other inserts do.
func (p *Pass) writtenBetween(g *group) bool {
	commutes := func(o *group) bool {
		f, of := g.Facts(), o.Facts()
		return f.Kind == of.Kind && (f.Kind == fingerprint.Delete || f.Kind == fingerprint.Insert && !f.Upsert && !of.Upsert)
	}
	for o := range p.writesWithin(g) {
		if o != g && sharesWrites(o, g) && !commutes(o) {
			return true
		}
	}
	return false
}
