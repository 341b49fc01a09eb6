package fingerprint

// rows follows an INSERT to the rows behind VALUES. SQLite reads what is in double quotes as a name, and as a text if there is no such
// column. There no column can be: the rows of an INSERT read none, but for a SELECT within them. Behind a comparison or in IN only the
// schema says which of the two it is, so it remains a name there.
type rows struct {
	state rowState
	depth int // open parentheses since VALUES
}

type rowState uint8

const (
	noRows     rowState = iota
	rowsFollow          // after INTO
	inRows              // after VALUES
)

// keyword follows a keyword.
func (r *rows) keyword(kw keyword) {
	switch kw {
	case kwInto:
		*r = rows{state: rowsFollow}
	case kwValues:
		if r.state == rowsFollow {
			*r = rows{state: inRows}
		}
	case kwSelect, kwWith, kwOn, kwReturning:
		*r = rows{}
	}
}

func (r *rows) open() { r.depth++ }

func (r *rows) close() { r.depth-- }

// inside reports whether the lexer is in the parentheses of a row.
func (r *rows) inside() bool { return r.state == inRows && r.depth > 0 }
