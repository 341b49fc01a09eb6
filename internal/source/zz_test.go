package source_test

import (
	"os"
	"testing"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/internal/source/testdata/shapes"
)

func TestZZFlows(t *testing.T) {
	finder := source.New()
	for _, tt := range flowShapes {
		if only := os.Getenv("ONLY"); only != "" && only != tt.name {
			continue
		}
		parents, children := stacks(tt.run, "parent"), stacks(tt.run, "child")
		parent, child := parents[0], children[len(children)-1]
		loop, found, _ := finder.Loop(child)
		if !found {
			t.Fatalf("no loop")
		}
		got := finder.Flow(parent, child, loop)
		want := detector.FlowExcluded
		if tt.want {
			want = detector.FlowShown
		}
		mark := "ok "
		if got.Result != want {
			mark = "BAD"
		}
		t.Logf("%s %d turns %d want %v: %s", mark, got.Result, got.Turns, tt.want, tt.name)
	}
	_ = shapes.Range
}
