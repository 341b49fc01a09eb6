// Package counters rewrites Go files so that the program says which of its loops turn.
//
//	text, loops := counters.Rewrite("/home/shop/orders.go", text)
//
// Each loop that may lead to a statement gets a counter, which is a variable of the file. Before the loop, its entry is counted; at the
// begin of its body, its turn. The recorder of package overlay reads the counters of the loops on the stack when a statement runs. Two
// statements with the same stack, on the same goroutine and in the same entry of a loop, with another turn, are in two turns of that
// loop: no heuristic is needed.
//
//	for _, id := range ids {                      n1 = c[1].Enter(); for _, id := range ids { n1 = c[1].Turn(n1)
//
// The text gets no line, and comments of the form /*line :L:C*/ restore positions, so that stacks, panics and messages of the compiler
// have the lines and columns of the original. A file that cannot be rewritten safely stays as it is: its loops are inferred.
package counters
