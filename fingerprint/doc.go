// Package fingerprint turns SQL text into its shape: an ID that statements share when they differ only in values, and
// facts about what they do.
//
//	p := fingerprint.Parse(fingerprint.PostgreSQL, "SELECT * FROM posts WHERE id = 42")
//	p.Text         // SELECT * FROM posts WHERE id = ?
//	p.Facts.Tables // [posts]
//
// The package is pure Go and reads each text once, in linear time. It knows the lexical rules of each [Dialect], and
// just enough grammar to say which table, column and value belong together; what it is not sure of it leaves out.
//
// # The normal form
//
// Comments and spacing go. Placeholders of every kind and literals become a question mark; lists of IN and rows of
// VALUES of any length become one element. Only 'now' stays, where it means the clock. Keywords are upper case, names are
// folded as the dialect folds them, and lose quotes that they do not need. The normal form of a normal form is itself.
//
// # Limits
//
// Facts are read from the first 4096 tokens of the normal form, values from the first 64; Parsed.Partial says when there
// was more. Text and ID cover everything.
//
// Servers can be told to read texts otherwise. Here they are taken to be as they come: PostgreSQL with
// standard_conforming_strings, MySQL without ANSI_QUOTES and NO_BACKSLASH_ESCAPES.
//
// In an unknown dialect a double-quoted text is a literal unless its place makes it a name: behind AS, FROM, INTO and
// their like, beside a dot, in the columns of an INSERT. SQLite's fallback, a double-quoted text that names no column, is
// taken for a name.
package fingerprint
