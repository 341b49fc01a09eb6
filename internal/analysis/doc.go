// Package analysis finds problems in the statements of a scope: a request, a test or a job that has ended. Its input is a
// [record.Frozen], which the hot path recorded, and optionally a [Source], which reads the application's code. Its output is
// findings.
//
// [NewPass] prepares a scope and [Pass.Findings] analyses it, in these steps:
//
//   - Stacks (stack.go). Stacks are symbolised once for the process. The first frame of application code is the call site.
//   - Groups (group.go). A group is the statements with one fingerprint, one call stack and one database. Rules look at
//     groups, not at single statements.
//   - Loops (loop.go, turns.go). The source lists the loops around the call of a group. The order of the scope's statements
//     shows which of them turned. Where it does not decide, the flow of the arguments does.
//   - Parents (parent.go). The parent of a group is the earlier result that its arguments come from: the same values, in row
//     order. It is proof only if the source shows the data flow, or if the values come from so large a space that chance
//     gives none. A column's name is never proof (column_name.go).
//   - Rules (rules.go, rule_*.go). Each rule is a value with its texts and a check that reports detections. A rule that looks at the
//     detections of another one names it in requires, and runs after it.
//   - Mitigations (mitigation.go). Each detection about a repetition is compared with a table of reasons why the repetition may be
//     right. A mitigation lowers the level to suspect or makes the detection a note. It never deletes the detection.
//   - Exceptions (exceptions.go). A detection that the user accepts, in an option or in a comment in the source, becomes a note.
//   - Roll-up (rollup.go, identity.go). Detections of one rule with one loop become one finding, and the threshold is applied.
//
// [Growth] compares the same work at several sizes of data. [Pass.Deferred] and [Thaw] hand statements that only the source
// can judge from a process without source to one with it.
//
// The limits and thresholds of the package, with their reasons, are in limits.go.
package analysis
