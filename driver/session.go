package driver

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"strings"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/ngrok/sqlmw"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A session observes one connection. It is the interceptor that sqlmw calls around the base driver's methods;
// database/sql never uses a connection from two goroutines at once, so it needs no lock.
type session struct {
	sqlmw.NullInterceptor
	w *wrapper

	tx      uint64        // the open transaction, 0 for none
	save    uint64        // the latest savepoint in it, 0 for none: as good as a transaction of its own
	txStack stack.ID      // where it was begun
	txScope *record.Scope // the scope that began it
	txText  bool          // it was begun by SQL text: only a text tells of its end

	// observed is handed to the scope and reused: a statement makes no garbage of ours.
	observed record.Statement
	known    [16]known
	// What the call that is being answered returned, until the outer conn takes it: see errTaken.
	rows   *rows         // the rows as we observe them, nil when nobody watches
	base   driver.Rows   // the base's own rows
	stmt   driver.Stmt   // the base's own statement
	fresh  bool          // the statement that is about to run is prepared, and never ran before
	result driver.Result // the base's own result of an exec
}

// errTaken is what the session answers sqlmw when a call went well and its result waits to be taken. sqlmw would wrap a
// result, which costs an allocation and hides optional interfaces of the base's; an error it passes on untouched.
var errTaken = errors.New("driver: the result waits to be taken")

var txCount atomic.Uint64

// scope returns the scope that a statement with ctx belongs to, nil for none or when observation is off.
func (s *session) scope(ctx context.Context) (scope *record.Scope) {
	if s.w.off.Load() {
		return nil
	}
	defer s.w.guard()
	return s.w.obs.Scope(ctx, s.txScope)
}

// A call is one statement on its way through the driver.
type call struct {
	text  string
	args  []driver.NamedValue
	fresh bool          // the first execution of a prepared statement
	start time.Duration // see clock
}

// epoch is the zero of clock.
var epoch = time.Now()

// clock returns the time since the process began. It reads the monotonic clock only, which takes half as long as
// time.Now.
func clock() time.Duration { return time.Since(epoch) }

// start returns the time, unless nobody wants to know.
func (s *session) start(scope *record.Scope) time.Duration {
	if scope == nil {
		return 0
	}
	return clock()
}

// observe records a statement that ran. It reports whether the scope wants to see its rows r, which are nil for a statement
// that returns none. Without a scope it only looks for the end of a transaction.
func (s *session) observe(scope *record.Scope, c call, err error, r *rows) bool {
	if scope == nil && !s.txText || s.w.off.Load() {
		return false // nobody watches
	}
	if err == driver.ErrSkip || errors.Is(err, driver.ErrBadConn) { // as database/sql compares them
		return false // it runs the statement again, by another way or on another connection
	}
	var now time.Duration
	if scope != nil {
		now = clock()
	}
	defer s.w.guard()
	parsed := s.parse(c.text)
	if err == nil {
		s.follow(parsed, scope)
	}
	if scope == nil {
		return false
	}
	st := &s.observed
	st.Parsed, st.Database, st.Tx, st.TxStack, st.Args = parsed, s.w.database, cmp.Or(s.save, s.tx), s.txStack, c.args
	st.Stack, st.Start, st.Duration, st.Failed, st.Fresh = stack.Capture(1), c.start, now-c.start, err != nil, c.fresh
	st.Goroutine = stack.Goroutine()
	var result *record.Result
	if r != nil {
		result, r.since = &r.result, now
	}
	wants := scope.Observe(st, result)
	st.Parsed, st.Args = nil, nil
	if wants {
		r.looks = result.WantsRows()
	}
	return wants
}

// known is a text whose fingerprint the session has at hand. It keeps the text alive: another one cannot take its
// address.
type known struct {
	text   string
	parsed *fingerprint.Parsed
}

// parse returns the fingerprint of a text. Statements written as constants have one address, by which the session finds
// them sooner than the cache, which has to hash the text.
func (s *session) parse(text string) *fingerprint.Parsed {
	if len(text) > fingerprint.MaxCachedText {
		return s.w.parse(text)
	}
	data := unsafe.StringData(text)
	place := &s.known[uintptr(unsafe.Pointer(data))>>3%uintptr(len(s.known))]
	if len(place.text) == len(text) && unsafe.StringData(place.text) == data && place.parsed != nil {
		return place.parsed
	}
	place.text, place.parsed = text, s.w.parse(text)
	return place.parsed
}

// follow keeps track of transactions that are begun and ended by SQL text, and of savepoints.
func (s *session) follow(parsed *fingerprint.Parsed, scope *record.Scope) {
	switch parsed.Facts.Kind {
	case fingerprint.Begin:
		if s.tx == 0 {
			s.enter(scope)
			s.txText = true
		}
	case fingerprint.Commit, fingerprint.Rollback:
		s.leave()
	case fingerprint.Savepoint:
		switch { // ROLLBACK TO keeps the savepoint that it names
		case strings.HasPrefix(parsed.Text, "SAVEPOINT"):
			s.save = txCount.Add(1)
		case strings.HasPrefix(parsed.Text, "RELEASE"):
			s.save = 0
		}
	}
}

func (s *session) enter(scope *record.Scope) {
	defer s.w.guard()
	s.tx, s.txScope = txCount.Add(1), scope
	if scope != nil {
		s.txStack = stack.Capture(1)
	}
}

func (s *session) leave() { s.tx, s.save, s.txScope, s.txStack, s.txText = 0, 0, nil, 0, false }

// ConnBeginTx implements sqlmw.Interceptor. The context it returns would be kept for the life of the transaction: it
// holds nothing.
func (s *session) ConnBeginTx(ctx context.Context, conn driver.ConnBeginTx, opts driver.TxOptions) (context.Context, driver.Tx, error) {
	tx, err := conn.BeginTx(ctx, opts)
	if err == nil {
		s.enter(s.scope(ctx))
	}
	return context.Background(), tx, err
}

// TxCommit implements sqlmw.Interceptor.
func (s *session) TxCommit(_ context.Context, tx driver.Tx) error {
	s.leave()
	return tx.Commit()
}

// TxRollback implements sqlmw.Interceptor.
func (s *session) TxRollback(_ context.Context, tx driver.Tx) error {
	s.leave()
	return tx.Rollback()
}

// ConnPrepareContext implements sqlmw.Interceptor. A prepared statement runs in the scope of each caller, so that the
// context of its preparation is let go.
func (s *session) ConnPrepareContext(ctx context.Context, conn driver.ConnPrepareContext, query string) (context.Context, driver.Stmt, error) {
	stmt, err := conn.PrepareContext(ctx, query)
	s.stmt = stmt
	return context.Background(), stmt, err
}

// ConnExecContext implements sqlmw.Interceptor.
func (s *session) ConnExecContext(ctx context.Context, conn driver.ExecerContext, query string, args []driver.NamedValue) (driver.Result, error) {
	scope := s.scope(ctx)
	start := s.start(scope)
	res, err := conn.ExecContext(ctx, query, args)
	return nil, s.executed(scope, call{query, args, false, start}, res, err)
}

// ConnQueryContext implements sqlmw.Interceptor.
func (s *session) ConnQueryContext(ctx context.Context, conn driver.QueryerContext, query string, args []driver.NamedValue) (context.Context, driver.Rows, error) {
	scope := s.scope(ctx)
	start := s.start(scope)
	base, err := conn.QueryContext(ctx, query, args)
	return nil, nil, s.answered(scope, call{query, args, false, start}, base, err)
}

// StmtExecContext implements sqlmw.Interceptor.
func (s *session) StmtExecContext(ctx context.Context, stmt driver.StmtExecContext, query string, args []driver.NamedValue) (driver.Result, error) {
	scope := s.scope(ctx)
	start := s.start(scope)
	res, err := stmt.ExecContext(ctx, args)
	return nil, s.executed(scope, call{query, args, s.fresh, start}, res, err)
}

// StmtQueryContext implements sqlmw.Interceptor.
func (s *session) StmtQueryContext(ctx context.Context, stmt driver.StmtQueryContext, query string, args []driver.NamedValue) (context.Context, driver.Rows, error) {
	scope := s.scope(ctx)
	start := s.start(scope)
	base, err := stmt.QueryContext(ctx, args)
	return nil, nil, s.answered(scope, call{query, args, s.fresh, start}, base, err)
}

// executed observes a statement that returns no rows, and keeps the base's result until the outer conn takes it.
func (s *session) executed(scope *record.Scope, c call, res driver.Result, err error) error {
	s.observe(scope, c, err, nil)
	if err != nil {
		return err
	}
	s.result = res
	return errTaken
}

// answered observes a query, and keeps what the base returned until the outer conn takes it.
func (s *session) answered(scope *record.Scope, c call, base driver.Rows, err error) error {
	if scope == nil || err != nil {
		s.observe(scope, c, err, nil)
	} else if r := (&rows{base: base, w: s.w}); s.observe(scope, c, nil, r) {
		s.rows = r
	}
	if err != nil {
		return err
	}
	s.base = base
	return errTaken
}

// takeStmt returns the base's statement of the Prepare that was just answered.
func (s *session) takeStmt() driver.Stmt {
	stmt := s.stmt
	s.stmt = nil
	return stmt
}

// takeResult returns the base's result of the call that sqlmw answered with err.
func (s *session) takeResult(err error) (driver.Result, error) {
	if err != errTaken {
		return nil, err
	}
	result := s.result
	s.result = nil
	return result, nil
}

// takeRows returns the rows of the call that sqlmw answered with err, as the outer conn gives them to database/sql:
// observed ones, or the base's own when nobody watches.
func (s *session) takeRows(err error) (driver.Rows, error) {
	if err != errTaken {
		return nil, err
	}
	observed, base := s.rows, s.base
	s.rows, s.base = nil, nil
	if observed != nil {
		return observed.expose(), nil
	}
	return base, nil
}
