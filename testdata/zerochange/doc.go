// Package zerochange has sample modules that know nothing of nplusgone, and a test that runs "nplusgone test" in each.
//
// The findings at likely and above are written at their lines, and there are no others:
//
//	for _, p := range posts { // want: n-plus-one proven
//
// A want may end with how the loop is known: measured or inferred.
//
// What the output of go test has to contain is written as well: // output: TEXT. So is how many statements are recorded in all scopes:
// // statements: NUMBER, and how many each scope with a name has: // scope: NUMBER NAME. A module may have a file named arguments, with the
// arguments of the command, which are ./... otherwise.
package zerochange
