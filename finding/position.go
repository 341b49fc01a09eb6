package finding

// A Position is a line of the user's source.
type Position struct {
	File     string `json:"file"`               // relative to the module's root, with slashes; empty when unknown
	Line     int    `json:"line"`               // counted from 1; 0 when unknown
	Function string `json:"function,omitempty"` // package, receiver and name, without the import path's folders: blog.(*Store).Author
	Text     string `json:"text,omitempty"`     // the source line, trimmed; empty when the source is not available
}

// A Call is one frame of a call stack.
type Call struct {
	Function string `json:"function"`       // with its import path, as the Go runtime names it
	File     string `json:"file,omitempty"` // relative to the module's root, with slashes; empty for code that is not the user's
	Line     int    `json:"line,omitempty"` // counted from 1; 0 when File is empty
}
