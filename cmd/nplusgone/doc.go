// Nplusgone finds N+1 queries in Go programs that use database/sql.
//
// Usage:
//
//	nplusgone test [flags and packages of go test, and -format F, -also F=FILE, -report FILE, -level L, -baseline FILE,
//	               -runs DIR, -details, -explain]
//	nplusgone run [the same flags] [flags, package and arguments of go run]
//	nplusgone demo [-format F] [-color WHEN] [-v]
//	nplusgone report [-format F] [-o FILE] [-also F=FILE] [-baseline FILE] [-level L] [-sort ORDER] [-source DIR]
//	                 [-packages P] [-tests FILE] [-partial] [-module DIR] [-color WHEN] [-v] PATH ...
//	nplusgone baseline write [-file FILE] [-level L] [-ceilings] PATH ...
//	nplusgone baseline check [-file FILE] [-level L] [-strict] [-packages P] [-tests FILE] [-partial] PATH ...
//	nplusgone baseline prune [-file FILE] PATH ...
//	nplusgone rules [-json]
//	nplusgone explain RULE
//	nplusgone fingerprint [-dialect D] [-split] [-rewrite] [-json] [-file FILE ...] [SQL ...]
//	nplusgone -version
//	nplusgone help [COMMAND]
//
// Test runs go test with a standard library that records the statements of database/sql, and reports what the tests ran.
// The module needs no change and no dependency. The output of go test is not changed; the report follows it.
//
// Run does the same with go run, for a program that serves HTTP requests.
//
// Demo runs an example application on SQLite, requests all its routes, and shows what is found. It needs a command that
// was built with cgo.
//
// Report merges reports in the json format and the runs that tests record in NPLUSGONE_DIR, such as those of the shards
// of a test suite. It writes them as one report, and fails when a finding counts: it has the given level or a higher one,
// and is neither a note nor in the baseline. A directory means the *.json files in it and the runs in and below it,
// and - for standard input.
//
// Baseline keeps the file of accepted findings: write adds findings, check fails on new ones and lists stale entries,
// prune removes stale entries.
//
// Rules lists the rules. Explain describes one of them.
//
// Fingerprint prints the id and the normalised text of statements. They are arguments, lines of files or of standard
// input, or the statements of a script. With -json it also prints their facts, and with -rewrite the statement that
// replaces a loop. The command that fingerprint/pgquery/cmd/nplusgone builds, which released binaries are, refines the
// facts with PostgreSQL's own parser.
//
// A flag has one dash or two, and comes before the arguments.
//
// # Exit codes
//
//	0  no finding counts and all was checked; demo, rules, explain and fingerprint: success
//	1  test, report: a finding counts; baseline check: a finding is new, or with -strict an entry is stale
//	2  wrong use, or a file could not be read or written; test, report and baseline check: no finding counts, but something
//	   was not checked. Standard error says what, and what to do next
//
// If go test fails, test exits with its code.
//
// Findings go to standard output, messages to standard error.
package main
