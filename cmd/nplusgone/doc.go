// Nplusgone finds N+1 queries and their relatives in Go programs that use database/sql.
//
// Usage:
//
//	nplusgone demo [-format F] [-color WHEN] [-verbose]
//	nplusgone report [-format F] [-o FILE] [-level L] [-color WHEN] [-verbose] PATH ...
//	nplusgone rules [-json]
//	nplusgone explain RULE
//	nplusgone fingerprint [-dialect D] [-split] [-rewrite] [-json] [-file FILE ...] [SQL ...]
//	nplusgone -version
//	nplusgone help [COMMAND]
//
// Demo runs an example application on SQLite, requests each of its pages, good and bad, and shows what is found. It
// needs a command that was built with cgo.
//
// Report merges reports in the json format, such as the shards of a test suite, writes them as one, and fails when a
// finding is of the given level or surer. A directory stands for the *.json files in it, - for standard input.
//
// Rules lists the rules, and explain says everything about one of them.
//
// Fingerprint prints the id and the normalised text of statements, which are arguments, lines of files or of standard
// input, or those of a script. As JSON it prints their facts, too, which PostgreSQL's own parser refines. With
// -rewrite it also prints the statement that would take the place of a loop.
//
// A flag takes one dash or two, and stands before the arguments.
//
// # Exit codes
//
//	0  no finding that counts; demo, rules, explain and fingerprint: it worked
//	1  report: a finding that counts
//	2  wrong use, or something could not be read or written; standard error says what, and what to do next
//
// Findings go to standard output, messages to standard error.
package main
