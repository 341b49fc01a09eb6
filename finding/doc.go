// Package finding has the data of findings and reports: what a rule reports, what ran, and what limits both. It is plain
// data with stable JSON names, and no value of a statement's argument is in it.
//
// It also has the two decisions that every part of the module has to make in the same way: [Compare] is the order of
// findings, and [Better] says which of two findings with one identity is kept. [Normalize] and [NormalizeProfile] bring
// data into the form in which reports have it.
//
// docs/report-schema.md describes the JSON form.
package finding
