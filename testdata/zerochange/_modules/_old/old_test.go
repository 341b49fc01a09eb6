package old

import "testing"

// The go command ignores folders that begin with _.
func Test(t *testing.T) { t.Fatal("it was run") }
