package record

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/internal/value"
)

// formatVersion is the version of the format of written scopes. Read accepts this one only.
const formatVersion = 1

// A formatLine is one line of a written scope: a JSON object with one member, whose name says what the line is. The first line
// is scope and the last one is end. A line refers to earlier lines of another kind by their index, from 0:
//
//	{"scope":{"version":1,"hashes":"9f…","name":"GET /posts","begun":1,"statements":4,…}}
//	{"frame":{"function":"example.com/shop.List","file":"list.go","line":17}}
//	{"stack":[0]}                                  indexes of frames, innermost first
//	{"database":"sqlite"}                          its dialect
//	{"text":{"dialect":"sqlite","text":"SELECT id FROM posts"}}
//	{"group":{"text":0,"stack":1,"first":1,"last":1,"count":1,…}}
//	{"repeat":{"sites":[[0,3]],"rows":1,…}}
//	{"savepointEnds":[3,4]}                        pairs of stacks: where a savepoint was begun, and where it was ended
//	{"sequence":[0,1,0,1]}                         pairs: the group, and a number for its goroutine
//	{"end":{"groups":1}}
//
// Where a stack is optional, its index is counted from 1 and 0 means none. Hashes are those of the process that recorded the
// scope; no value of an argument or a row is written.
type formatLine struct {
	Scope    *scopeLine  `json:"scope,omitempty"`
	Frame    *frameLine  `json:"frame,omitempty"`
	Stack    *[]int      `json:"stack,omitempty"`
	Database *string     `json:"database,omitempty"`
	Text     *textLine   `json:"text,omitempty"`
	Group    *groupLine  `json:"group,omitempty"`
	Repeat   *repeatLine `json:"repeat,omitempty"`
	Ends     *[]int      `json:"savepointEnds,omitempty"`
	Sequence *[]uint32   `json:"sequence,omitempty"`
	End      *endLine    `json:"end,omitempty"`
}

// A scopeLine is the members of Frozen that are not lists of other lines.
type scopeLine struct {
	Version    int    `json:"version"`
	Hashes     uint64 `json:"hashes"` // hashOfProcess where the scope was recorded
	Name       text   `json:"name"`
	Begun      int    `json:"begun"` // 1 + index of the stack; stacks follow
	Statements int    `json:"statements"`
	Errors     int    `json:"errors,omitempty"`
	Rows       int    `json:"rows,omitempty"`
	Took       int64  `json:"nanoseconds,omitempty"`
	Shed       text   `json:"shed,omitempty"`
	Unread     []text `json:"unread,omitempty"`
	AnyWrite   uint64 `json:"anyWrite,omitempty"`
}

// A frameLine is one call of a stack, as runtime.Frame has it.
type frameLine struct {
	Function text `json:"function"`
	File     text `json:"file"`
	Line     int  `json:"line"`
}

// A textLine is the Parsed of a statement: its normal form, from which the facts are read again, and what the text adds to it.
type textLine struct {
	Dialect  string        `json:"dialect"`
	Text     text          `json:"text"`
	Bindings []bindingLine `json:"bindings,omitempty"`
	Rows     int           `json:"rows,omitempty"`
	MaxList  int           `json:"maxList,omitempty"`
	LimitOne bool          `json:"limitOne,omitempty"`
	Partial  bool          `json:"partial,omitempty"`
}

// A bindingLine is a fingerprint.Binding. Of a literal it says only whether it is NULL.
type bindingLine struct {
	Arg       int  `json:"arg,omitempty"` // 1 + index of the argument; 0 for a literal
	Null      bool `json:"null,omitempty"`
	Name      text `json:"name,omitempty"`
	More      int  `json:"more,omitempty"`      // values beyond the first: Arity - 1
	Separator byte `json:"separator,omitempty"` // its code
}

// A groupLine is a Group. Its members are named as there.
type groupLine struct {
	Text       int        `json:"text"`
	Stack      int        `json:"stack"` // 1 + index
	Database   int        `json:"database"`
	First      uint64     `json:"first"`
	Last       uint64     `json:"last"`
	Count      int        `json:"count"`
	Rows       int        `json:"rows,omitempty"`
	Took       int64      `json:"nanoseconds,omitempty"`
	Pause      int64      `json:"pause,omitempty"` // nanoseconds
	Tx         uint64     `json:"tx,omitempty"`
	TxStack    int        `json:"txStack,omitempty"` // 1 + index
	Arguments  []uint64   `json:"arguments,omitempty"`
	Slots      []slotLine `json:"slots,omitempty"`
	Columns    []text     `json:"columns,omitempty"`
	Values     []byte     `json:"values,omitempty"` // marks row by row, 4 bytes each, the least significant first
	Dense      uint16     `json:"dense,omitempty"`
	Shed       bool       `json:"shed,omitempty"`
	ValuesRows int32      `json:"valuesRows,omitempty"`
	UnevenRows bool       `json:"unevenRows,omitempty"`
	TxChanges  int32      `json:"txChanges,omitempty"`

	Savepoint        uint64 `json:"savepoint,omitempty"`
	SavepointStack   int    `json:"savepointStack,omitempty"` // 1 + index
	Savepoints       int32  `json:"savepoints,omitempty"`
	SavepointChanges int32  `json:"savepointChanges,omitempty"`

	Fresh     int32 `json:"fresh,omitempty"`
	Open      int32 `json:"open,omitempty"`
	Empty     int32 `json:"empty,omitempty"`
	Longest   int32 `json:"longest,omitempty"`
	Drained   int32 `json:"drained,omitempty"`
	Abandoned int32 `json:"abandoned,omitempty"`
	Unscanned int32 `json:"unscanned,omitempty"`
	WideBytes []int `json:"wideBytes,omitempty"`
}

// A slotLine is a Slot.
type slotLine struct {
	Value    int         `json:"value"`
	First    uint64      `json:"first,omitempty"`
	Matches  []matchLine `json:"matches,omitempty"`
	Constant bool        `json:"constant,omitempty"`
	Unknown  bool        `json:"unknown,omitempty"`
	Many     bool        `json:"many,omitempty"`
	Lists    *listsLine  `json:"lists,omitempty"`
	Chained  int32       `json:"chained,omitempty"`
}

// A matchLine is a ColumnMatch.
type matchLine struct {
	Parent   int `json:"parent"` // index of a group before this one
	Column   int `json:"column"`
	Matched  int `json:"matched"`
	Skipped  int `json:"skipped,omitempty"`
	Repeated int `json:"repeated,omitempty"`
	Row      int `json:"row"`
}

// A listsLine is a Lists.
type listsLine struct {
	Uneven  bool   `json:"uneven,omitempty"`
	Overlap bool   `json:"overlap,omitempty"`
	Kept    []Mark `json:"kept,omitempty"`
}

// A repeatLine is a Repeat.
type repeatLine struct {
	Sites [][2]int `json:"sites"` // index of the group, and executions
	Key   Mark     `json:"key,omitempty"`
	Rows  int      `json:"rows,omitempty"`
	Last  uint64   `json:"last"`
	Count int      `json:"count"`
}

// An endLine is the last line. Without it the scope was not written to its end.
type endLine struct {
	Groups int `json:"groups"`
}

// hashOfProcess is a hash by which processes with different keys for hashes are distinguished.
func hashOfProcess() uint64 { return value.Text("nplusgone") }

// A text is a string that JSON keeps unchanged also where it is not valid UTF-8: it is an object then, {"base64":"…"}.
type text string

type bytesOfText struct {
	Base64 []byte `json:"base64"`
}

// MarshalJSON implements json.Marshaler.
func (t text) MarshalJSON() ([]byte, error) {
	if !utf8.ValidString(string(t)) {
		return json.Marshal(bytesOfText{[]byte(t)})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // SQL has < and >
	err := e.Encode(string(t))
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		var b bytesOfText
		err := json.Unmarshal(data, &b)
		*t = text(b.Base64)
		return err
	}
	return json.Unmarshal(data, (*string)(t))
}

// texts returns list as texts.
func texts(list []string) []text {
	var out []text
	for _, s := range list {
		out = append(out, text(s))
	}
	return out
}

// stringsOf returns list as strings.
func stringsOf(list []text) []string {
	var out []string
	for _, t := range list {
		out = append(out, string(t))
	}
	return out
}
