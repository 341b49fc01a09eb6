// Package replay reads the files of processes that the recorder of package overlay has written, and records their statements as package
// driver records those of the running process: the result is the same frozen scopes.
//
//	err := replay.Read(file, key, func(s replay.Scope) { … analyse s.Frozen … })
//
// # What belongs to a scope
//
// A statement belongs to the scope that its goroutine was marked with; if that has ended or there is none, to the scope that began its
// transaction; if there is none, to the only test that runs. Otherwise it is counted: as unscoped if several tests run, and as outside of
// them if none does.
package replay
