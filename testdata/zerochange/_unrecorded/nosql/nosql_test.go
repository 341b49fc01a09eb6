package nosql

import "testing"

func TestNothing(*testing.T) {}
