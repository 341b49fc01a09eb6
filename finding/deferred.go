package finding

// A Deferred is a statement that ran in a process without source and whose judgement is deferred until the source is
// available, as to `nplusgone report -source`: its rows may have been fetched for nothing. No value of an argument or a
// row is in it.
type Deferred struct {
	Scope        string   `json:"scope"`             // the request or job
	Dialect      string   `json:"dialect"`           // the SQL dialect that Text is read in
	Text         string   `json:"text"`              // normalised SQL
	Columns      []string `json:"columns,omitempty"` // names of the result's columns
	Count        int      `json:"count"`             // how often it ran
	Rows         int      `json:"rows"`              // rows of all results
	Most         int      `json:"most"`              // rows of the longest result
	Drained      int      `json:"drained"`           // results that were read to the end
	Left         int      `json:"left,omitempty"`    // results that were closed before their end
	Wide         []int    `json:"wide,omitempty"`    // for each column, the bytes of its long values
	Milliseconds float64  `json:"milliseconds"`      // time in the driver, reading rows included
	Stack        []Call   `json:"stack"`             // from the caller of database/sql outwards
}

// A Call is one frame of a call stack.
type Call struct {
	Function string `json:"function"`       // with its import path, as the Go runtime names it
	File     string `json:"file,omitempty"` // relative to the module's root, with slashes; empty for code that is not the user's
	Line     int    `json:"line,omitempty"` // counted from 1; 0 when File is empty
}
