// Package pgquery reads the facts of a statement with PostgreSQL's own parser, which knows the grammar where the lexer of
// package fingerprint knows only the words.
//
//	r := pgquery.Read(fingerprint.PostgreSQL, "SELECT id FROM posts WHERE NOT author_id = $1")
//	r.Facts         // the lexer's, refined
//	r.Source        // libpg_query
//	r.PGFingerprint // libpg_query's own, beside the ID, which is always the lexer's
//
// It links C (libpg_query, through pg_query_go), so it is there for those who import it: the command does, a service never
// has to. Without cgo it builds, and answers the lexer's facts.
//
// # Nothing dangerous reaches C
//
// libpg_query ends the process when its stack is used up, which a few hundred operators do on a small stack, and takes
// quadratic time for some texts. So a text passes a gate first: a known dialect, 8 KiB at most, UTF-8, no NUL, one
// statement, and no more nesting than is sure to fit. What passes is not the text but its normal form, written anew in
// PostgreSQL's words: comments, literals and runs of operators never get there.
//
// # Where it is used
//
// MySQL's and SQLite's statements are read, too, where they mean the same in PostgreSQL. The answer counts only when it
// names the same kind and tables as the lexer's; PostgreSQL's grammar takes some of them for something else.
package pgquery
