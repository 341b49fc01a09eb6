// Package source answers from the user's Go source what a call stack alone cannot say: which loop repeated a statement,
// whether an earlier result flows into that loop's call, and how the lines around it read.
//
//	finder := source.New()
//	loop, found, known := finder.Loop(stack)
//	lines := finder.Snippet(stack, loop, 2)
//
// It parses single files and resolves no types, so that it answers at once in a test binary, with no build system at
// hand. What it cannot see in the syntax it does not claim: an unknown shape means no loop, and no flow.
//
// # Where the source is
//
// A file is read from the path that was compiled in. Under -trimpath the main module is looked for from the working
// directory upwards, dependencies in the module cache, and the standard library in GOROOT. [WithFS] adds source that
// came with the binary. A function that the file does not have at the frame's line means that the file has changed
// since, and counts as unreadable.
//
// # Limits
//
// The creator of a goroutine is not on its stack. A function literal is followed to the loop that starts it, a named
// function is not. A loop in another function that hands work to a channel is not found.
package source
