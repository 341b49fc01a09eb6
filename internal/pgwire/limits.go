package pgwire

// Limits of a Stream.
const (
	// maxPiece is the number of bytes that are kept of a message which arrives in pieces. What follows is not read.
	maxPiece = 64 << 10

	// keptPiece is the size of the buffer that is kept for the next such message.
	keptPiece = 8 << 10

	// maxText is the length of the longest statement whose text is kept.
	maxText = 64 << 10

	// maxPrefix is the number of bytes that are kept of a longer one.
	maxPrefix = 8 << 10

	// maxStatements is the number of prepared statements that are remembered, and maxTexts the number of bytes of their
	// texts. When one is reached all are forgotten, and their results have no columns until they are described again. pgx
	// keeps 512 statements.
	maxStatements = 4096
	maxTexts      = 4 << 20

	// maxColumns is the number of columns of a result that are read.
	maxColumns = 128

	// maxLayouts is the number of different results whose columns are remembered, so that equal ones are kept once.
	maxLayouts = 64

	// maxRequests is the number of requests that may be pending. A connection with more is given up.
	maxRequests = 1 << 20

	// keptRequests is the number of requests for which memory is kept.
	keptRequests = 1 << 10

	// maxParameters is the number of parameters of a statement that are read.
	maxParameters = 256
)
