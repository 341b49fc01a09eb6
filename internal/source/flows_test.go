package source_test

import (
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/internal/source/testdata/shapes"
)

// Every function runs a statement "parent" and then, in a loop, a statement "child". Whether the child is given what
// the parent returned is to be read off the source.
func TestFlows(t *testing.T) {
	finder := source.New()
	for _, tt := range flowShapes {
		t.Run(tt.name, func(t *testing.T) {
			parents, children := stacks(tt.run, "parent"), stacks(tt.run, "child")
			if len(parents) == 0 || len(children) == 0 {
				t.Fatal("no statements ran")
			}
			parent, child := parents[0], children[len(children)-1]
			loop, found, _ := loopOf(finder, child)
			if !found {
				t.Fatalf("no loop found for\n%s", format(child))
			}
			want := analysis.FlowExcluded
			if tt.want {
				want = analysis.FlowShown
			}
			if got := finder.Flows(parent, child, loop); got.Result != want {
				t.Errorf("Flows = %v, want %v, loop %s:%d\nparent\n%schild\n%s",
					got.Result, want, loop.File, loop.Line, format(parent), format(child))
			}
		})
	}
}

var flowShapes = []struct {
	name string
	run  func(*shapes.DB)
	want bool
}{
	{"a range over the result", shapes.FlowRange, true},
	{"an index into the result", shapes.FlowIndex, true},
	{"an address at an index", shapes.FlowRangeIndex, true},
	{"a value scanned in the loop", shapes.FlowRows, true},
	{"values scanned in an earlier loop", shapes.FlowRowsCollected, true},
	{"a slice filled by address", shapes.FlowAddress, true},
	{"a slice filled by pointer", shapes.FlowPointer, true},
	{"a parameter", shapes.FlowParameter, true},
	{"a parameter of a parameter's function", shapes.FlowParameters, true},
	{"a variadic parameter", shapes.FlowVariadic, true},
	{"a field of a receiver", shapes.FlowReceiver, true},
	{"a field", shapes.FlowField, true},
	{"a helper that collects keys", shapes.FlowHelper, true},
	{"the keys of a map", shapes.FlowMapKeys, true},
	{"a callback of the user's helper", shapes.FlowLiteralParameter, true},
	{"a callback of the standard library", shapes.FlowCallback, true},
	{"an iterator over the rows", shapes.FlowIterator, true},
	{"a statement in an iterator", shapes.FlowIteratorInside, true},
	{"an iterator of the standard library over the result", shapes.FlowRangeOverFunc, true},
	{"a goroutine for each row", shapes.FlowGoroutines, true},
	{"an argument of a goroutine", shapes.FlowGoArgument, true},
	{"a transaction around both", shapes.FlowTransaction, true},
	{"a result carried out of a transaction", shapes.FlowOutOfTransaction, true},
	{"a result returned through a literal", shapes.FlowReturned, true},
	{"a channel", shapes.FlowChannel, true},
	{"a parent in the same loop", shapes.FlowRowInside, true},
	{"a literal called by its variable", shapes.FlowLiteralArgument, true},

	{"a counter up to the number of rows", shapes.NoFlowCounter, false},
	{"positions in the result", shapes.NoFlowRangePosition, false},
	{"keys from the request", shapes.NoFlowRequest, false},
	{"a loop over another slice", shapes.NoFlowOtherSlice, false},
	{"a loop variable of the same name", shapes.NoFlowSameName, false},
	{"rows assigned again", shapes.NoFlowAssignedAnew, false},
	{"another field", shapes.NoFlowOtherField, false},
	{"another field of the receiver", shapes.NoFlowOtherFieldOfReceiver, false},
	{"a condition on the result", shapes.NoFlowCondition, false},
	{"the same value in every turn", shapes.NoFlowConstantInLoop, false},
	{"another parameter on the parent's line", shapes.NoFlowOtherParameter, false},
	{"another parameter", shapes.NoFlowOtherArgument, false},
	{"a statement between", shapes.NoFlowNextStatement, false},
	{"the error only", shapes.NoFlowError, false},
	{"a parent after the loop", shapes.NoFlowLater, false},
	{"a result thrown away", shapes.NoFlowOneLineApart, false},
	{"a table looked up by the result", shapes.NoFlowLookUp, false},
	{"goroutines over another slice", shapes.NoFlowGoroutines, false},
	{"a shadowed variable", shapes.NoFlowShadowed, false},
	{"a function that keeps the result", shapes.NoFlowUnrelatedCaller, false},
}
