// Package rewrite builds the SQL of a fix: the one statement that replaces the statements of a loop, or that does in the
// database what the program does with fetched rows. It reads tokens and facts of package fingerprint and never replaces
// text.
//
//	r, err := rewrite.ByKeys(rewrite.Loop{Dialect: d, Parsed: p, Values: values})
//	r.SQL()        // SELECT id, title FROM posts WHERE author_id = ANY($1) AND kind = $2
//	r.Statement(n) // the same statement, to be run for n turns
//
// # Functions
//
// For a statement that a loop runs (type [Loop]): [ByKeys], [CountByKey], [ExistsByKey], [FoldByKey] and [Joined] for a
// SELECT, [Write] and [Copy] for INSERT, UPDATE and DELETE.
//
// For a SELECT whose rows the program processes (type [Query]): [Count], [Exists], [Columns], [Filter], [Fold] and
// [Assign].
//
// # Guarantees
//
// A function returns a statement that has the same effect as the code, or an error. The error says why in words for the
// user, such as "OFFSET skips rows of each key". Where the statement needs something from the code, [Rewrite].Note says
// what: a key without rows is missing from a grouped count, a key must occur once. Values that were equal in one run are
// not taken for constants, see [Variation].
//
// SQL and Statement come from one builder, so that what the report prints is what the tests run: package rewritetest runs
// every shape next to its loop on SQLite, PostgreSQL and MariaDB, on fixed and on random tables.
//
// # Limits
//
// Statements are read in their normal form, in which literals are question marks: the SQL of a fix has placeholders in
// their place. Statements with more than 64 values are refused. Databases bound the number of arguments (SQLite 32766,
// PostgreSQL and MySQL 65535), so long lists need chunks. What the schema adds (triggers, collations, cascades, generated
// columns) is not known here.
package rewrite
