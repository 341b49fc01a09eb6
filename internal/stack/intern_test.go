package stack

import (
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func frames() []runtime.Frame {
	return []runtime.Frame{
		{Function: "example.com/shop.(*Store).Comments", File: "store.go", Line: 20},
		{Function: "example.com/shop.ListPosts", File: "handler.go", Line: 17},
	}
}

// Proves that the frames of an interned stack are returned, and that the caller cannot change them afterwards.
func TestFramesOfInternedStack(t *testing.T) {
	in := frames()
	id := Intern(in)
	in[0].Line = 99
	id.Frames()[1].Line = 99
	if diff := cmp.Diff(frames(), id.Frames(), cmpopts.IgnoreUnexported(runtime.Frame{})); diff != "" {
		t.Errorf("frames differ (-want +got):\n%s", diff)
	}
}

// Proves that the same frames have the same ID, and that another line, order or number of frames has another one.
func TestInternDistinguishesStacks(t *testing.T) {
	id := Intern(frames())
	if again := Intern(frames()); again != id {
		t.Errorf("the same frames have IDs %d and %d", id, again)
	}
	moved := frames()
	moved[1].Line++
	turned := frames()
	turned[0], turned[1] = turned[1], turned[0]
	for name, other := range map[string][]runtime.Frame{"another line": moved, "another order": turned, "one frame less": frames()[:1]} {
		if Intern(other) == id {
			t.Errorf("%s has the same ID", name)
		}
	}
}

// Proves that a stack without frames is no stack, and that captured stacks are not looked up among interned ones.
func TestInternOfNothing(t *testing.T) {
	if id := Intern(nil); id != 0 || id.Frames() != nil {
		t.Errorf("no frames have ID %d with frames %v", id, id.Frames())
	}
	if got := Capture(0).Frames(); len(got) == 0 || got[0].Line == 0 {
		t.Errorf("a captured stack has frames %v", got)
	}
}
