package report

import (
	"cmp"

	"github.com/nplusgone/nplusgone/finding"
)

// compareFindings orders findings by where they are, then by what they are. The scope comes last: one place can be
// reported from several.
func compareFindings(a, b finding.Finding) int {
	p, q := a.Position(), b.Position()
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Identity, b.Identity),
		cmp.Compare(a.Scope, b.Scope),
	)
}

func slowestFirst(a, b finding.StatementStat) int {
	return cmp.Or(cmp.Compare(b.Milliseconds, a.Milliseconds), byText(a, b))
}

func mostRepeatedFirst(a, b finding.StatementStat) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), slowestFirst(a, b))
}

func byText(a, b finding.StatementStat) int {
	return cmp.Or(
		cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Fingerprint, b.Fingerprint),
		cmp.Compare(a.CallSite.File, b.CallSite.File),
		cmp.Compare(a.CallSite.Line, b.CallSite.Line),
	)
}
