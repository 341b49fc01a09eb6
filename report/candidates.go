package report

import (
	"cmp"
	"slices"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// mergeCandidates keeps one of the candidates that came from one place, of whatever run.
func mergeCandidates(all []analysis.Candidate) []analysis.Candidate {
	slices.SortStableFunc(all, compareCandidates)
	return slices.CompactFunc(all, func(a, b analysis.Candidate) bool {
		return a.Scope == b.Scope && a.Text == b.Text && slices.Equal(a.Stack, b.Stack)
	})
}

// compareCandidates puts those of one place together, the one with most rows first.
func compareCandidates(a, b analysis.Candidate) int {
	return cmp.Or(
		cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Text, b.Text),
		slices.CompareFunc(a.Stack, b.Stack, func(a, b analysis.Call) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Function, b.Function))
		}),
		cmp.Compare(b.Rows, a.Rows), cmp.Compare(b.Milliseconds, a.Milliseconds),
	)
}
