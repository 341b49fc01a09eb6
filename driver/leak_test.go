package driver_test

import (
	"testing"

	"go.uber.org/goleak"
)

// A pool that a test leaves open is its own affair; anything else that still runs is ours.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}
