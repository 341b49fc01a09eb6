package session

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// Savepoints are the open savepoints of a connection, the innermost last. The zero value is none.
type Savepoints struct{ open []savepoint }

type savepoint struct {
	id     uint64   // unique in the process
	name   uint64   // hash
	stack  stack.ID // where it was begun; 0 if that is not known
	begins bool     // it began the transaction: its release commits
}

// maxSavepoints is how many savepoints of a connection are followed. GORM leaves one open for each nested transaction.
const maxSavepoints = 64

// Innermost returns the number of the innermost savepoint and where it was begun; 0 for none.
func (s *Savepoints) Innermost() (id uint64, at stack.ID) {
	if n := len(s.open); n > 0 {
		return s.open[n-1].id, s.open[n-1].stack
	}
	return 0, 0
}

// An Effect is what a text did to the transaction of its connection.
type Effect uint8

const (
	None   Effect = iota
	Begins        // a transaction that is open after the text
	Ends
)

// A Text is a text that ran.
type Text struct {
	Parsed  *fingerprint.Parsed
	Dialect fingerprint.Dialect
	Scope   *record.Scope // nil for none
	At      stack.ID      // where it was run; 0 if that is not known
}

// Follow records that a text ran, and returns what it did to the transaction. open says whether there is one.
func (s *Savepoints) Follow(t *Text, open bool) (e Effect) {
	if f := &t.Parsed.Facts; f.Statements < 2 {
		switch f.Kind {
		case fingerprint.Begin, fingerprint.Commit, fingerprint.Rollback, fingerprint.Savepoint:
			return s.step(t, t.Parsed.Text, open)
		}
		return None
	}
	for statement := range fingerprint.Split(t.Dialect, t.Parsed.Text) {
		if now := s.step(t, statement, open); now != None {
			e, open = now, now == Begins
		}
	}
	return e
}

// step follows one statement of a text. It reads the first words.
func (s *Savepoints) step(t *Text, statement string, open bool) Effect {
	verb, rest := word(statement)
	switch verb {
	case "BEGIN":
		return s.whole(open)
	case "START":
		if verb, _ := word(rest); verb != "TRANSACTION" {
			return None // START SLAVE
		}
		return s.whole(open)
	case "COMMIT", "END", "ABORT":
		return s.end()
	case "ROLLBACK":
		name, to := afterTo(rest)
		if !to {
			return s.end()
		}
		if i := s.find(name); i >= 0 {
			s.ended(t, i)
			s.open = s.open[:i+1]
		}
	case "SAVEPOINT":
		return s.begin(t, hash(rest), open)
	case "RELEASE":
		if verb, name := word(rest); verb == "SAVEPOINT" && name != "" {
			rest = name
		}
		i := max(s.find(hash(rest)), 0) // one that is not known is outside of those that are
		if i == len(s.open) {
			return None
		}
		s.ended(t, i)
		if s.open[i].begins {
			return s.end()
		}
		s.open = s.open[:i]
	}
	return None
}

// whole begins a transaction, unless one is open.
func (s *Savepoints) whole(open bool) Effect {
	if open {
		return None
	}
	s.open = s.open[:0]
	return Begins
}

// begin begins a savepoint.
func (s *Savepoints) begin(t *Text, name uint64, open bool) (e Effect) {
	sp := savepoint{id: transactions.Add(1), name: name, stack: t.At}
	if !open {
		switch t.Dialect {
		case fingerprint.MySQL:
			return None // the server accepts it, and it ends with the statement
		case fingerprint.SQLite:
			sp.begins, e = true, Begins
		case fingerprint.PostgreSQL:
			e = Begins // a transaction that was begun unseen: without one the statement fails
		}
	}
	if i := s.find(name); i >= 0 && t.Dialect == fingerprint.MySQL {
		s.open = append(s.open[:i], s.open[i+1:]...) // elsewhere it is hidden, until the new one ends
	}
	if len(s.open) == maxSavepoints {
		s.open = s.open[:copy(s.open, s.open[1:])]
	}
	s.open = append(s.open, sp)
	return e
}

// ended says to the scope of a text that the text ended or went back to the savepoint with an index. Those further in end with it, as
// they do at the end of the transaction.
func (s *Savepoints) ended(t *Text, i int) {
	if t.Scope != nil {
		t.Scope.EndSavepoint(s.open[i].stack, t.At)
	}
}

func (s *Savepoints) end() Effect {
	s.open = s.open[:0]
	return Ends
}

// find returns the index of the innermost savepoint with a name; -1 if there is none.
func (s *Savepoints) find(name uint64) int {
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.open[i].name == name {
			return i
		}
	}
	return -1
}

// word returns the first word of a text, in upper case, and the rest.
func word(text string) (first, rest string) {
	text = strings.TrimSpace(text)
	end := strings.IndexByte(text, ' ')
	if end < 0 {
		end = len(text)
	}
	const longest = len("TRANSACTION")
	if end > longest {
		return "", text
	}
	return strings.ToUpper(text[:end]), strings.TrimSpace(text[end:])
}

// afterTo returns the name of the savepoint that ROLLBACK [WORK] TO [SAVEPOINT] goes back to; to is false for a ROLLBACK of all.
func afterTo(rest string) (name uint64, to bool) {
	for range 2 {
		verb, further := word(rest)
		if verb == "TO" {
			if verb, name := word(further); verb == "SAVEPOINT" && name != "" {
				further = name
			}
			return hash(further), true
		}
		rest = further
	}
	return 0, false
}

// hash returns the hash of a name. Databases compare it without regard to case.
func hash(name string) uint64 { return value.Text(strings.ToLower(strings.Trim(name, "\"`"))) }
