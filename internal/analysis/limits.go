package analysis

import "time"

// Limits of time and memory.
const (
	// maxSymbolised is the number of symbolised stacks that the process keeps: some megabytes. A service has a few hundred
	// call sites. When the cache is full, it is emptied.
	maxSymbolised = 2048

	// maxSymbolisedFrames is the number of frames of all these stacks: 8 MiB.
	maxSymbolisedFrames = 1 << 17

	// maxStackCalls is the number of frames that a finding and a deferred statement have at most. Deeper stacks are those of
	// a recursion or of a framework, and reports show the innermost calls.
	maxStackCalls = 64

	// maxSites is the number of call sites of a duplicate from which the others are seen to part.
	maxSites = 8

	// maxParents is the number of earlier results, the latest first, that are analysed as the origin of one key. Each one
	// costs a data-flow analysis, and a key comes from a row that was read shortly before.
	maxParents = 8
)

// cutStack is the number of frames from which on a stack may have been cut before the application's frames were reached.
// Such a stack does not show that only a library issued the statement.
const cutStack = 200

// snippetLines is the number of source lines that a snippet has before and after the lines of the loop: enough to recognize
// the code, and short enough for a terminal.
const snippetLines = 2

// Thresholds of loops and of code between statements.
const (
	// maxFixedTurns is the number of statements up to which a loop that counts to a constant is a fixed loop: a handful of tries
	// or the days of a week. Above it, the constant is as likely the size of the data.
	maxFixedTurns = 16

	// fewTurns is the number of statements in a row that a loop must run so that it counts although a test's loop around it turned
	// more often: what is repeated for two rows may be a pair.
	fewTurns = 3

	// pollPause is the shortest pause between statements that is taken for polling where no source is available. It is far
	// above the time that a loop spends between two queries, and far below the interval of any poll.
	pollPause = 5 * time.Millisecond
)

// Slope is the number of additional statements for each additional row that counts as growth. One statement for each row is
// 1, one for every second row is 0.5. Lists of keys in chunks of ten are 0.1.
const Slope = 0.5

// Thresholds of the rules about the use of rows. Below them the cost of a finding's statement is not measurable, or the
// code that is reported is common and right.
const (
	// hugeResult is the number of rows from which on a result without LIMIT is reported. A page has tens of rows, a list to
	// choose from has hundreds; a thousand rows are a table.
	hugeResult = 1000

	// fewDropped is the number of rows that a filter must drop so that it is likely. Fewer rows cost next to nothing, and are often
	// fetched by the key of their owner.
	fewDropped = 20

	// A filter must drop dropsOf of every dropsFrom rows to be likely, and one of dropsHalf to be reported. Where most rows are used,
	// the statement is right.
	dropsOf, dropsFrom, dropsHalf = 2, 3, 2

	// listRows is the number of rows from which on SELECT * is a list. The unread columns of one row cost next to nothing.
	listRows = 10

	// unreadLeast is the number of columns of SELECT * that must be unread, and unreadShare says that one column of so many
	// must be. Structs for rows often have a column or two that one caller does not need.
	unreadLeast, unreadShare = 3, 2

	// broadRow is the number of columns from which on a list counts whose columns are spelled out, as mappers do: most of mostOf
	// columns must be unread.
	broadRow, most, mostOf = 10, 3, 4

	// unreadBytes is the size of long values that must be unread: more than ten packets on a network.
	unreadBytes = 16 << 10

	// unreadOfRow is the size of long values of one row that must be unread. Databases store such values outside of the row, and
	// read them from there.
	unreadOfRow = 4 << 10
)
