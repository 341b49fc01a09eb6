// Package counters rewrites Go files so that the program says which of its loops turn.
//
//	text, loops := counters.Rewrite("/home/shop/orders.go", text)
//
// Each loop that may lead to a statement gets a counter, which is a variable of the file:
//
//	for _, id := range ids {
//	n1 = c[1].Enter(); for _, id := range ids { n1 = c[1].Turn(n1)
//
// The recorder of package overlay reads the counters of the loops on the stack when a statement runs. If two statements have the same
// stack and goroutine, and a loop the same entry and another turn, then this loop turned: no heuristic is needed.
//
// No line is added, and comments of the form /*line :L:C*/ restore positions, so that stacks, panics and messages of the compiler have
// the lines and columns of the original. A file that cannot be rewritten safely stays as it is: its loops are inferred.
package counters
