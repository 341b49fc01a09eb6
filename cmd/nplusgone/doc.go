// Nplusgone finds N+1 queries and their relatives in Go programs that use database/sql.
//
// Usage:
//
//	nplusgone demo [-format F] [-color WHEN] [-verbose]
//	nplusgone report [-format F] [-o FILE] [-also F=FILE] [-baseline FILE] [-level L] [-packages P] [-tests FILE]
//	                 [-partial] [-module DIR] [-color WHEN] [-verbose] PATH ...
//	nplusgone baseline write [-file FILE] [-level L] [-ceilings] PATH ...
//	nplusgone baseline check [-file FILE] [-level L] [-strict] [-packages P] [-tests FILE] [-partial] PATH ...
//	nplusgone baseline prune [-file FILE] PATH ...
//	nplusgone rules [-json]
//	nplusgone explain RULE
//	nplusgone fingerprint [-dialect D] [-split] [-rewrite] [-json] [-file FILE ...] [SQL ...]
//	nplusgone -version
//	nplusgone help [COMMAND]
//
// Demo runs an example application on SQLite, requests each of its pages, good and bad, and shows what is found. It
// needs a command that was built with cgo.
//
// Report merges reports in the json format and the runs that tests keep in NPLUSGONE_DIR, such as those of the shards of
// a test suite, writes them as one, and fails when a finding is of the given level or surer, and not known to the
// baseline. A directory stands for the *.json files in it and the runs in it and below, - for standard input.
//
// Baseline keeps the file of known findings: write enters what was found, check fails on what is new and lists what is
// stale, prune takes out what is stale.
//
// Rules lists the rules, and explain says everything about one of them.
//
// Fingerprint prints the id and the normalised text of statements, which are arguments, lines of files or of standard
// input, or those of a script. As JSON it prints their facts, too. PostgreSQL's own parser refines them in the command
// that fingerprint/pgquery/cmd/nplusgone builds, which released binaries are. With
// -rewrite it also prints the statement that would take the place of a loop.
//
// A flag takes one dash or two, and stands before the arguments.
//
// # Exit codes
//
//	0  no finding that counts; demo, rules, explain and fingerprint: it worked
//	1  report: a finding that counts; baseline check: a new one, or with -strict a stale entry
//	2  wrong use, or something could not be read or written; report and baseline check: no finding, but a run is missing
//	   or broke off. Standard error says what, and what to do next
//
// Findings go to standard output, messages to standard error.
package main
