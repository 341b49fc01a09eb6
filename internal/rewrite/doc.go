// Package rewrite turns the statement of a loop into the one statement that answers all its turns, from what the
// fingerprint says of it: never by replacing text.
//
//	r, err := rewrite.Select(rewrite.Loop{Dialect: d, Parsed: p, Varies: varies})
//	r.SQL()        // SELECT id, title FROM posts WHERE author_id = ANY($1) AND kind = $2
//	r.Statement(n) // the same, to be run for n turns
//
// Both forms come from one builder, so that what is shown is what was tried: package proof runs every shape on real
// databases and compares it with the loop.
//
// # What is promised
//
// A rewrite answers what the loop answers, row by row, or there is none: an error then says why, in words for the user.
// Where the answer's form differs (a key whose count is 0 is missing), Note says so. Statements are read in their normal
// form, in which every value is a question mark; whether two of them are equal is for the caller to know.
package rewrite
