// Package merge joins what many processes report: the test binaries of a suite, its shards, and reports of services.
//
// A process records a run with a [RunWriter], message by message, so that a process that crashes leaves what it found. A
// [Collection] reads runs and JSON reports of any number and size, makes one finding of those with one identity, and
// writes the result in every format of package report, in bounded memory.
//
// What the numbers of a merged finding mean: within a run the best finding counts (finding.Better), because a run writes a
// finding again when a later scope repeats its statements more often; over runs and documents counts are added up, and
// Worst is the largest count of one of them.
package merge
