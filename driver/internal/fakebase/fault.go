package fakebase

import (
	"errors"
	"fmt"
)

// An Op is something that a base does, whichever of its methods is asked for it.
type Op string

// The operations that can be armed. Exec and Query stand for those of connections and of prepared statements.
const (
	Connect       Op = "connect"
	Exec          Op = "exec"
	Query         Op = "query"
	Prepare       Op = "prepare"
	Begin         Op = "begin"
	Commit        Op = "commit"
	Rollback      Op = "rollback"
	Ping          Op = "ping"
	Reset         Op = "reset"
	Valid         Op = "valid"
	Next          Op = "next"
	NextSet       Op = "next set"
	ScanColumn    Op = "scan column"
	CloseRows     Op = "close rows"
	CloseStmt     Op = "close statement"
	CloseConn     Op = "close connection"
	LastInsertID  Op = "last insert ID"
	RowsAffected  Op = "rows affected"
	CloseDatabase Op = "close connector"
)

// An Answer is what happens in place of an operation's usual answer: first Do is called, then the operation panics with
// Panic, or answers Err. An Answer with neither lets the operation go on.
type Answer struct {
	Do    func()
	Panic any
	Err   error
}

// Arm sets the answers to the next calls of op, one each.
func (b *Base) Arm(op Op, answers ...Answer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.armed[op] = append(b.armed[op], answers...)
}

// Disarm forgets the answers that no call has taken, and returns how many they were.
func (b *Base) Disarm() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	left := 0
	for _, answers := range b.armed {
		left += len(answers)
	}
	clear(b.armed)
	return left
}

func (b *Base) fault(op Op) error {
	b.mu.Lock()
	answers := b.armed[op]
	if len(answers) == 0 {
		b.mu.Unlock()
		return nil
	}
	answer := answers[0]
	b.armed[op] = answers[1:]
	b.mu.Unlock() // Do may come back here
	if answer.Do != nil {
		answer.Do()
	}
	if answer.Panic != nil {
		panic(answer.Panic)
	}
	return answer.Err
}

// Errors and panics of a base, to be told from any other by identity.
var (
	Err    = errors.New("base: no such table")
	Typed  = &Error{Code: 42}
	Thrown = &struct{ reason string }{"base: a panic"}
)

// An Error is a driver's error with a code, which applications look for with errors.As.
type Error struct{ Code int }

func (e *Error) Error() string { return fmt.Sprintf("base: error %d", e.Code) }
