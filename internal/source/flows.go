package source

import "github.com/nplusgone/nplusgone/detector"

// Flows is not there yet.
func (f *Finder) Flows(parent, child []detector.Frame, loop detector.Loop) bool { return false }
