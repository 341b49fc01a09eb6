// Package report writes findings: as text for people, as JSON for programs, and in the formats of CI systems.
//
//	doc := &report.Document{Findings: findings, Profile: profile}
//	err := report.Write(os.Stdout, "text", doc, report.Options{Color: report.ColorFor(os.Stdout)})
//
// # JSON
//
// The JSON form has everything that the other formats show. encoding/json reads it into a [Document], and the command
// merges several and writes them in any format. [JSONSchema] returns its schema; docs/report-schema.md describes it.
//
// # Guarantees
//
// A document always gives the same bytes: findings are in the order of finding.Compare. No value of an argument is in a
// document. SQL and the names of files and scopes come from outside; in every format, characters that a terminal or the
// log reader of a CI system would act on are escaped.
//
// A report in which something was not checked is never shown as a success: [Document.Incomplete] says why, and each format
// shows it.
//
// Functions may be called concurrently as long as their documents are not changed.
package report
