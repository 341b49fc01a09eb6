// Package scenario replays written traces against the detector: what an application sent to its database, what came
// back, and what its source says, without a database and without the application. A scenario is one txtar file that
// reads from top to bottom:
//
//	# Three posts, and one query for the comments of each.
//
//	scope GET /posts
//	source
//	loop handler.go:16-19 range
//	flows handler.go:12 -> handler.go:16
//
//	stmt posts     store.go:10 (*Store).Posts < handler.go:12 ListPosts
//		SELECT id, title FROM posts LIMIT 3
//	stmt comments  store.go:20 (*Store).Comments < handler.go:17 ListPosts
//		SELECT body FROM comments WHERE post_id = ?
//
//	posts -> (1 'Hello') (2 'On tea') (3 'Bye')
//	comments 1 -> 'nice' 'thanks'
//	comments 2 -> 'me too'
//	comments 3
//	-- want --
//	handler.go:16: n-plus-one (proven): 3 queries, one per row; 1 would be enough
//
// A line that begins with # is prose.
//
// # What the source says
//
//	source                          the source is available; without this line it is not, as in production
//	loop FILE:FROM-TO KIND [FLAG…]  a loop from its first line to its closing brace; it encloses the calls on the lines between
//	generated FILE                  a program wrote the file
//	code FILE:LINE TEXT             the text of a line
//	ignore FILE:LINE RULE [max=N] REASON  a comment there sets what the rule finds aside
//	flows FILE:LINE -> FILE:LINE    what was returned at the first place reaches the call in the loop at the second
//	elsewhere FILE:LINE -> FILE:LINE  what was returned at the first place does not reach that call
//	uses FILE:LINE WORD…            what is done with the rows of the statement that is called there; there is no other use
//
// Kinds are range, counter, while and forever; flags are constant, waits, retries, searches, receives, passes, exits, cached
// and effect:LINE. After them, in FUNCTION says that
// the loop is that of a library's function, which calls back from the lines between.
//
// What is done with rows is, one a line: counted FILE:LINE, asked FILE:LINE (whether there is one), reads COLUMN…, sum, max
// or min COLUMN FILE:LINE, keeps COLUMN OPERATOR VALUE FILE:LINE (the others are dropped), feeds FILE:LINE COLUMN [only]
// [= EXPRESSION] (it is an argument there), gathered, and through (an interface).
//
// A stack whose outermost function is runtime.goexit is that of a goroutine whose start is not known.
//
// # Statements
//
// A stmt line names a statement and the stack that it comes from, the caller first. Functions belong to the module
// example.com/shop, in the package of their file's folder, unless that folder is a library's import path. Indented below
// stand the SQL and, as needed:
//
//	prepared        it runs through one prepared statement
//	prepared anew   it is prepared for each execution
//	columns A B …   the names of its result's columns, where the select list does not say them
//
// {} in the SQL is a literal that each execution fills in from its values.
//
// # The trace
//
// Each line is one execution: the statement's name, the values of its arguments, and after an arrow the rows that came
// back. A row of several values is in parentheses. A value is a number, a word or a text in single quotes, NULL,
// true, or false; :name=value is a named argument; 1..20 is twenty rows, or twenty executions. A SELECT without an arrow
// has no rows; another statement without one is no query.
//
//	comments 1 fails      the driver returns an error
//	posts -> 1 2 ...      the result stays open while the next statements run
//	posts ... 3           its later rows, and its end
//
// Between executions:
//
//	scope NAME    a new scope; the one before ends
//	begin [STACK] a transaction begins, called from there; statements begin and end savepoints
//	end           it ends
//	db NAME       the statements that follow run on another database
//	pause 10ms    nothing happens for a while
//	goroutine     the statements that follow run on another goroutine
//	dialect NAME  of all databases; before the first statement
//
// # What is found
//
// The part "want" holds one line for each finding, of all scopes, in order. Indented below a finding stand details,
// which are compared when they are there: note, parent, fix (its SQL, or its text if it has none), and the evidence from driver, stack and source.
package scenario
