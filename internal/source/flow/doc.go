// Package flow follows values through the application's source, in SSA form: the rows of a statement forwards, to see how
// they are used, and the arguments of a statement backwards, to see whether they are values of another statement's result.
//
//	use := analyser.Rows(stack)
//	if use.Known && use.Unread && len(use.Counts) > 0 {
//		// the rows are fetched to be counted
//	}
//	if analyser.Flows(parent, child, loop).Result == analysis.FlowShown {
//		// the loop passes values of the parent's result to the child's statement
//	}
//
// It loads the packages of the stacks as the running binary was built: their files are type-checked, their imports are
// read as export data from the build cache. Values are followed through variables, fields, elements, channels, closures,
// calls of functions of the application, and the callers on the stacks. Fields are distinguished, indexes and the order
// of instructions are not.
//
// # Limits
//
// A value is unknown that passes code which cannot be read, if that code may run a statement. [Analyser.Rows] does not
// follow rows into variables of packages. Rows that a field holds which is not exported are followed to all functions of its
// package that read the field, also if other code has the struct. Nothing is known if the go command is missing, a package does not
// compile, or a line has several calls that a frame may stand for; [Analyser.Unchecked] returns the packages that could
// not be loaded.
//
// # Cost
//
// The go command runs once for the packages of a stack that are not loaded yet, and never uses the network. Loading is
// limited to 60 seconds and 96 calls of the go command a process, and results are cached.
package flow
