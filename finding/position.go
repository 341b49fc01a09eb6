package finding

// A Place is a position in the user's source.
type Position struct {
	File     string `json:"file"`               // relative to the module's root, with slashes
	Line     int    `json:"line"`               // counted from 1
	Function string `json:"function,omitempty"` // package, receiver and name, without the import path's folders
	Text     string `json:"text,omitempty"`     // the source line, trimmed, where the source is at hand
}
