package stack

import (
	"runtime"
	"slices"
	"testing"
)

// Proves that the frame pointers are used wherever there is assembly for them: runtime.Callers returns the same stacks, at a higher cost.
func TestFramePointersAreWalked(t *testing.T) {
	assembly := slices.Contains([]string{"amd64", "arm64"}, runtime.GOARCH) && slices.Contains([]string{"linux", "darwin", "windows"}, runtime.GOOS)
	if purego {
		assembly = false
	}
	if walks != assembly {
		t.Errorf("frame pointers are walked: %v, want %v", walks, assembly)
	}
}
