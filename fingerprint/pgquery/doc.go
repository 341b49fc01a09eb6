// Package pgquery reads the facts of a statement with PostgreSQL's own parser. The parser knows the grammar, of which the
// lexer of package fingerprint knows a part.
//
//	r := pgquery.Read(fingerprint.PostgreSQL, "SELECT id FROM posts WHERE NOT author_id = $1")
//	r.Facts         // the lexer's, refined
//	r.Source        // libpg_query
//	r.PGFingerprint // libpg_query's own fingerprint; r.ID is the lexer's
//
// The parser is C (libpg_query, through pg_query_go) and takes a minute to compile, so the package is a module of its own.
// The command in cmd/nplusgone is the one that is released. Without cgo the package builds, and the facts are the lexer's.
//
// # What reaches C
//
// libpg_query ends the process when its stack overflows, which a few hundred operators cause on a small stack, and takes
// quadratic time for some texts. A text is parsed only if it is of a known dialect, has 8 KiB at most, is UTF-8 without NUL,
// holds one statement, and has a bounded depth. The parser gets the normal form in PostgreSQL's dialect, which has no
// comments, no literals and no long operators.
//
// # Dialects
//
// Statements of MySQL and SQLite are parsed as well. The parser's facts are used only if their kind and tables are those of
// the lexer: PostgreSQL's grammar takes some of these statements for others.
package pgquery
