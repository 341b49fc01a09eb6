package driver_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// children are what this binary does instead of its tests when a test runs it with childEnv set: what would hang a test
// hangs a process that can be ended.
var children = map[string]func(){}

const childEnv = "DRIVER_TEST_CHILD"

// A pool that a test leaves open is its own affair; anything else that still runs is ours.
func TestMain(m *testing.M) {
	if do, ok := children[os.Getenv(childEnv)]; ok {
		do()
		os.Exit(0)
	}
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}
