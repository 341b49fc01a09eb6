package finding

// A Position is a line of the user's source.
type Position struct {
	File     string `json:"file"`               // relative to the module's root, with slashes; empty when unknown
	Line     int    `json:"line"`               // counted from 1; 0 when unknown
	Function string `json:"function,omitempty"` // package, receiver and name, without the import path's folders: blog.(*Store).Author
	Text     string `json:"text,omitempty"`     // the source line, trimmed; empty when the source is not available
}
