// Package fingerprint turns SQL text into its shape: an ID that statements share when they differ only in values, and
// facts about what they do.
//
//	p := fingerprint.Parse(fingerprint.PostgreSQL, "SELECT * FROM posts WHERE id = 42")
//	p.Text         // SELECT * FROM posts WHERE id = ?
//	p.Facts.Tables // [posts]
//
// The package is pure Go and reads each text once, in linear time. It knows the lexical rules of each [Dialect], and enough
// grammar to say which table, column and value belong together. What is not certain is left out.
//
// # The normal form
//
// [Parsed.Text] is the normal form of a text:
//
//   - Comments and spacing are removed.
//   - Placeholders and literals are a question mark. Only 'now', where it means the clock, stays.
//   - The lists of IN and the rows of VALUES have one element for each form of element.
//   - Keywords are in upper case. Names are folded as the dialect folds them, and have quotes only where they need them.
//
// The normal form of a normal form is itself.
//
// # The ID
//
// The [ID] is a hash of the normal form in which the assignments of SET, and the columns of an INSERT with its VALUES, are
// sorted by column: their order has no meaning. The text keeps its order, so [Parsed.Position] has to be used to compare the
// values of two texts with one ID. The order counts, and the texts have two IDs, where an assignment reads a column that
// another one writes, which MySQL does from left to right.
//
// # Many keys
//
// A [Value] says whether its position takes more than one key: a list (IN), one argument that holds several (= ANY(?),
// unnest, json_each, FIND_IN_SET), or alternatives (a chain of OR, a UNION of selects of one form). How many keys a text
// gives is in [Binding.Arity], [Parsed.AppendElements] and [Value.Alternatives]: one key in a list is one key.
//
// # Limits
//
// Facts are read from the first 4096 tokens of the normal form, values from the first 64. [Parsed.Partial] says when there
// was more. Text and ID cover the whole text.
//
// Server settings that change how a text is read are taken to have their defaults: PostgreSQL with
// standard_conforming_strings, MySQL without ANSI_QUOTES and NO_BACKSLASH_ESCAPES.
//
// In an unknown dialect a double-quoted text is a literal unless its position makes it a name: after AS, FROM, INTO and the
// like, next to a dot, in the columns of an INSERT. In SQLite it is a name, although SQLite reads it as a text where no
// column has the name.
package fingerprint
