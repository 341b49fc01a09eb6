// Package proof runs rewrites on a real database, next to the loops that they take the place of, and compares what comes
// out: the rows of a SELECT, turn by turn, and for a write all tables and what was returned. Tests call it: those of
// package rewrite with SQLite, those of the module integration with the servers.
package rewritetest
