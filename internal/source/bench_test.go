package source_test

import (
	"testing"

	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/internal/source/testdata/shapes"
)

// What a look-up costs once the files are parsed: it is made for each repeated stack of a report.
func BenchmarkFinder(b *testing.B) {
	finder := source.New()
	table := stacks(shapes.PackageTable, "child")[0]
	parent, child := stacks(shapes.FlowParameters, "parent")[0], stacks(shapes.FlowParameters, "child")[0]
	loop, _, _ := loopOf(finder, child)
	loopOf(finder, table)

	b.Run("Loop", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			loopOf(finder, child)
		}
	})
	b.Run("Loop over a table of the package", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			loopOf(finder, table)
		}
	})
	b.Run("Flows", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			finder.Flows(parent, child, loop)
		}
	})
}
