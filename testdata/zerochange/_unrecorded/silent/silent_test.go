package silent

import (
	"os"
	"testing"
)

// TestMain does not run the tests, and go test takes that for a success.
func TestMain(*testing.M) { os.Exit(0) }

func TestNothing(*testing.T) {}
