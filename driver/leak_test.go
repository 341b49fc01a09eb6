package driver_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// children are functions that this binary runs instead of its tests if childEnv names one. A test uses a process of its own
// for what would deadlock it.
var children = map[string]func(){}

const childEnv = "DRIVER_TEST_CHILD"

// Pools that tests leave open are ignored; any other goroutine that is left over is a leak of the driver.
func TestMain(m *testing.M) {
	if do, ok := children[os.Getenv(childEnv)]; ok {
		do()
		os.Exit(0)
	}
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}
