package record

// Limits of one scope. What exceeds a limit is still counted; Stats.Shed says what was not kept.
const (
	// MaxGroups is the number of groups of a scope. A group takes about 1 KiB, and the time of the analysis grows with the
	// number of groups. No handwritten test or request has as many call sites.
	MaxGroups = 4096

	// MaxColumns is the number of columns of a result whose values are kept, and whose sizes are summed up. Keys come early
	// in a select list.
	MaxColumns = 16

	// MaxSlots is the number of value positions of a group that are followed; each costs time with each statement.
	MaxSlots = 12

	// MaxDistinct is the number up to which distinct arguments are counted. A message says "16 or more" beyond it.
	MaxDistinct = 16

	// maxName is the length of a scope's name in bytes. Names of subtests are long, and no route is as long.
	maxName = 512

	// maxSeen is the number of distinct pairs of a statement and its arguments that are compared when they run again: 256 KiB.
	maxSeen = 8192

	// maxScopeBytes is the memory that a scope keeps for its groups, with their texts, column matches and lists: 12 MiB. With result
	// values, repeats and the sequence it remains below 16 MiB.
	maxScopeBytes = 12 << 20

	// maxScopeValues is the number of result values that a scope keeps: 256 KiB.
	maxScopeValues = 1 << 16

	// maxGroupRows is the number of rows whose values a group keeps, so that one long result leaves room for others.
	maxGroupRows = 4096

	// maxMatches is the number of column matches of a slot from which no further result is searched for some. Each match is
	// compared with every further value.
	maxMatches = 16

	// maxSequence is the number of statements whose order is kept: 128 KiB.
	maxSequence = 1 << 14

	// maxListValues is the number of values of a list argument that are read, and that a slot keeps of all its lists. They
	// are searched one by one.
	maxListValues = 64

	// maxUnreadTypes is the number of types of unread arguments that are noted. A message lists them.
	maxUnreadTypes = 16

	// maxSites is the number of call sites of a repeated statement that are kept. A message lists two of them.
	maxSites = 8

	// MaxSavepointEnds is the number of pairs of places at which savepoints were begun and ended that are kept. A program has few.
	MaxSavepointEnds = 32

	// keptHashes is the number of arguments of a statement whose hashes are kept while it is recorded. The hash of a later
	// argument is computed again where it is needed.
	keptHashes = 8
)

// Limits of the process.
const (
	// maxProcessValues is the number of result values that all open scopes keep together: 16 MiB.
	maxProcessValues = 1 << 22

	// maxProcessBytes is the memory that all open scopes keep together for groups and what belongs to them. With the result values,
	// the texts and the stacks that the process keeps it remains below 64 MiB.
	maxProcessBytes = 24 << 20

	// bytesReserve is the number of bytes that a scope reserves of maxProcessBytes at a time: two groups.
	bytesReserve = 2 << 10

	// valuesReserve is the number of values that a scope reserves of maxProcessValues at a time. The counter is shared by all
	// processors, so that counting each row would be slow.
	valuesReserve = 256

	// maxUnscopedStacks is the number of stacks that TraceUnscoped keeps. A message lists a few.
	maxUnscopedStacks = 256
)

// Thresholds at which another way to do the same is faster or smaller.
const (
	// mapFromGroups is the number of groups from which a scope finds them by a map. Most scopes have fewer, and searching
	// those one by one is faster.
	mapFromGroups = 12

	// blockRows is the number of rows of a full block of values. A full block is never copied again.
	blockRows = 64

	// bloomFromRows is the number of rows from which a table of values has a Bloom filter. Searching fewer is faster.
	bloomFromRows = 32

	// maxKeyText is the length in bytes of the longest text that can be a key: a UUID has 36, a SHA-256 in hexadecimal 64.
	maxKeyText = 64

	// minLongValue is the length in bytes from which a text or blob counts as long. Leaving out shorter ones saves little.
	minLongValue = 256
)

// Limits of a written scope. Write returns an error for a scope that exceeds one of them, so that Read accepts whatever Write
// has written. They bound the memory of Read to some hundreds of megabytes, whatever it reads.
const (
	// maxFrozenBytes is the length of a written scope in bytes. One that reaches the limits above takes some MiB, most of it for
	// stacks.
	maxFrozenBytes = 32 << 20

	// maxFrozenLine is the length of one line in bytes. The longest are the values of a group, with 350 KiB.
	maxFrozenLine = 1 << 20

	// maxStackFrames is the number of frames of one stack. Package stack captures 256; inlined calls add some.
	maxStackFrames = 1024

	// maxFrozenFrames is the number of frames of all stacks together.
	maxFrozenFrames = 1 << 20

	// maxArgIndex is the highest index of an argument. PostgreSQL and MySQL take 65,535 arguments.
	maxArgIndex = 1 << 16
)
