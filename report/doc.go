// Package report turns findings into something to read: text for a person, JSON for a program, the formats of CI systems,
// and log records for a running service.
//
//	doc := &report.Document{Findings: findings, Profile: profile}
//	err := report.Write(os.Stdout, "text", doc, report.Options{Color: report.ColorFor(os.Stdout)})
//
// # One source
//
// The JSON form is the source of every other one. [Read] reads back what [Write] wrote, [Merge] joins the runs of several
// shards, and any format can then be written with neither a database nor the program at hand. JSONSchema describes the
// form to other programs; docs/report-schema.md describes it to people.
//
// A [RunWriter] writes findings as they come, so that a crash leaves what was found. A [Collection] merges reports and
// runs of any number and size, and writes them in any format, in bounded memory.
//
// # Guarantees
//
// The same document gives the same bytes: findings are ordered by file, line, rule and identity. No value of an argument
// is in a document, so none is in a report. SQL, file names and scope names come from outside: text, JSON and log records
// show control characters escaped, so that a report can steer neither a terminal nor the log reader of a CI system.
//
// # Limits
//
// A merged finding keeps the message, the evidence and the scope of the most telling one; only numbers are added up. A
// profile has the three slowest and the three most repeated statements of a scope, so that after a merge the scope's own
// sums are exact, while a statement that was not among them in every run has a sum that is too small.
//
// Functions may be called concurrently as long as nobody changes the documents they are given.
package report
