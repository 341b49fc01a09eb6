// Package typed answers from the types of the user's source what becomes of the rows of a statement: whether they are only
// counted, looked for, added up or filtered, which columns are read, and where values go on into other statements.
//
//	use := typed.New(files).Rows(stack)
//	if use.Known && use.Unread && len(use.Counts) > 0 {
//		// fetched to be counted
//	}
//
// It loads the packages of a stack as the running binary was built, with golang.org/x/tools/go/packages, makes their SSA
// form, and follows the values from the call that ran the statement: through variables, fields, collections, closures,
// functions of the module that they are handed to, and out through the callers on the stack. It minds neither order nor
// paths, so that it sees more uses than there are, never fewer.
//
// # What it does not understand
//
// A value that goes to code that cannot be read, into a variable of a package, through a channel, or out of the first
// function of the stack, may be used for anything. The zero [analysis.RowUse] says that nothing is known at all: no go
// command, a package that does not compile, a statement that cannot be told from others on its line.
//
// # What it costs
//
// The go command is asked once for the packages of a stack that are not known yet, offline. A process spends a minute on
// that at most. Only packages of the user's are read as source; what they import comes from the build cache.
package flow
