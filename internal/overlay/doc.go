// Package overlay makes an overlay of the standard library that records what a program runs on database/sql, and on connections to
// PostgreSQL without it, for the flag -overlay of the go command. The program needs no change and no dependency.
//
//	tool, err := overlay.Find(ctx, ".")        // the toolchain that builds the module
//	o, err := overlay.Make(tool, cacheFolder, "")  // its files, changed
//	err = o.Check(ctx)                    // the go command uses them
//
// The recorder itself is in _std, as files that are added to packages of the standard library; edits.go has the lines that are changed
// in the files of the user's own GOROOT. A line that is not there as often as expected is an error: nothing is recorded then, instead
// of something wrong.
//
// # Limits
//
// The recorder runs on Linux. The anchors of the edits are tested with Go 1.26 and 1.27.
package overlay
