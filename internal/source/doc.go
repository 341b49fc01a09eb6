// Package source determines facts about the application's Go source that a call stack alone does not show: which loops
// repeat a statement, whether values of an earlier result reach it, how its rows are used, and how the lines around it
// read. It implements analysis.Source.
//
//	finder := source.New()
//	loops, complete := finder.Loops(stack)
//	lines := finder.Snippet(stack, loops[0], 2)
//
// Package files opens and parses files, package loops finds loops by their syntax, package flow follows values in SSA
// form. Loops and lines need only the files; flows and the use of rows need the go command, which is called when
// they are first asked for.
//
// # Where the files are
//
// A file is read from the path that was compiled in. If paths were trimmed, the main module is searched from the working
// directory upwards, dependencies in the module cache, and the standard library in GOROOT. [WithFS] adds source that comes
// with the binary. If a file has no function with the frame's name at its line, it has changed since it was compiled and
// counts as unreadable.
//
// # Limits
//
// The creator of a goroutine is not on its stack. A function literal is followed to the loop around it, if it was started
// there, and a declared function to the statement that starts it, if there is one in its package. In all such cases
// Loops reports that there may be other loops.
package source
