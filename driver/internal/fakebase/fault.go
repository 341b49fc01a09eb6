package fakebase

import (
	"errors"
	"fmt"
)

// An Op is an operation of a base, whichever of its methods is called for it.
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

// An Outcome is what happens in place of an operation's usual result: first Do is called, then the operation panics with
// Panic, or returns Err. With neither, the operation goes on.
type Outcome struct {
	Do    func()
	Panic any
	Err   error
}

// Arm sets the outcomes of the next calls of op, one each.
func (b *Base) Arm(op Op, outcomes ...Outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.armed[op] = append(b.armed[op], outcomes...)
}

// Disarm removes the outcomes that no call has used, and returns their number.
func (b *Base) Disarm() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	left := 0
	for _, outcomes := range b.armed {
		left += len(outcomes)
	}
	clear(b.armed)
	return left
}

func (b *Base) fault(op Op) error {
	b.mu.Lock()
	outcomes := b.armed[op]
	if len(outcomes) == 0 {
		b.mu.Unlock()
		return nil
	}
	outcome := outcomes[0]
	b.armed[op] = outcomes[1:]
	b.mu.Unlock() // Do may call the base
	if outcome.Do != nil {
		outcome.Do()
	}
	if outcome.Panic != nil {
		panic(outcome.Panic)
	}
	return outcome.Err
}

// Errors and panics of a base, which tests compare by identity.
var (
	Err    = errors.New("base: no such table")
	Typed  = &Error{Code: 42}
	Thrown = &struct{ reason string }{"base: a panic"}
)

// An Error is a driver's error with a code, which applications look for with errors.As.
type Error struct{ Code int }

func (e *Error) Error() string { return fmt.Sprintf("base: error %d", e.Code) }
