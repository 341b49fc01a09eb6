package driver

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync/atomic"
	"time"

	"github.com/ngrok/sqlmw"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A session observes one connection. It is the interceptor that sqlmw calls around the base driver's methods;
// database/sql never uses a connection from two goroutines at once, so it needs no lock.
type session struct {
	sqlmw.NullInterceptor
	w *wrapper

	tx      uint64          // the open transaction, 0 for none
	txStack stack.ID        // where it was begun
	txScope *detector.Scope // the scope that began it

	// observed is handed to the scope and reused: a statement makes no garbage of ours.
	observed detector.Statement
	// What the call that is being answered returned: the outer conn takes it in exchange for what sqlmw makes of it,
	// which would hide optional interfaces of the base's.
	rows *rows       // the rows as we observe them, nil when nobody watches
	base driver.Rows // the base's own rows
	stmt driver.Stmt // the base's own statement
}

var txCount atomic.Uint64

// scope returns the scope that a statement with ctx belongs to, nil for none or when observation is off.
func (s *session) scope(ctx context.Context) (scope *detector.Scope) {
	if s.w.off.Load() {
		return nil
	}
	defer s.w.guard()
	return s.w.obs.Scope(ctx, s.txScope)
}

// A call is one statement on its way through the driver.
type call struct {
	text     string
	args     []driver.NamedValue
	prepared bool
	start    time.Time
}

// observe records a statement that ran, and returns where its rows go; nil when nobody wants them.
func (s *session) observe(scope *detector.Scope, c call, err error) *detector.Result {
	if scope == nil || s.w.off.Load() {
		return nil
	}
	if errors.Is(err, driver.ErrSkip) || errors.Is(err, driver.ErrBadConn) {
		return nil // database/sql runs the statement again, by another way or on another connection
	}
	took := time.Since(c.start)
	defer s.w.guard()
	parsed := s.w.parse(c.text)
	if err == nil {
		s.follow(parsed.Facts.Kind, scope)
	}
	s.observed = detector.Statement{
		Parsed: parsed, Database: s.w.database, Tx: s.tx, TxStack: s.txStack, Args: c.args, Stack: stack.Capture(1),
		Start: c.start, Duration: took, Failed: err != nil, Prepared: c.prepared,
	}
	result := scope.Observe(&s.observed)
	s.observed = detector.Statement{}
	return result
}

// follow keeps track of transactions that are begun and ended by SQL text.
func (s *session) follow(kind fingerprint.Kind, scope *detector.Scope) {
	switch kind {
	case fingerprint.Begin:
		if s.tx == 0 {
			s.enter(scope)
		}
	case fingerprint.Commit, fingerprint.Rollback:
		s.leave()
	}
}

func (s *session) enter(scope *detector.Scope) {
	s.tx, s.txScope = txCount.Add(1), scope
	if scope != nil {
		s.txStack = stack.Capture(1)
	}
}

func (s *session) leave() { s.tx, s.txScope, s.txStack = 0, nil, 0 }

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
	scope, start := s.scope(ctx), time.Now()
	res, err := conn.ExecContext(ctx, query, args)
	s.observe(scope, call{query, args, false, start}, err)
	return res, err
}

// ConnQueryContext implements sqlmw.Interceptor.
func (s *session) ConnQueryContext(ctx context.Context, conn driver.QueryerContext, query string, args []driver.NamedValue) (context.Context, driver.Rows, error) {
	scope, start := s.scope(ctx), time.Now()
	base, err := conn.QueryContext(ctx, query, args)
	s.answer(s.observe(scope, call{query, args, false, start}, err), base, err)
	return context.Background(), base, err
}

// StmtExecContext implements sqlmw.Interceptor.
func (s *session) StmtExecContext(ctx context.Context, stmt driver.StmtExecContext, query string, args []driver.NamedValue) (driver.Result, error) {
	scope, start := s.scope(ctx), time.Now()
	res, err := stmt.ExecContext(ctx, args)
	s.observe(scope, call{query, args, true, start}, err)
	return res, err
}

// StmtQueryContext implements sqlmw.Interceptor.
func (s *session) StmtQueryContext(ctx context.Context, stmt driver.StmtQueryContext, query string, args []driver.NamedValue) (context.Context, driver.Rows, error) {
	scope, start := s.scope(ctx), time.Now()
	base, err := stmt.QueryContext(ctx, args)
	s.answer(s.observe(scope, call{query, args, true, start}, err), base, err)
	return context.Background(), base, err
}

// answer keeps what the base returned until the outer conn takes it.
func (s *session) answer(result *detector.Result, base driver.Rows, err error) {
	if err != nil {
		return
	}
	s.base = base
	if result != nil {
		s.rows = &rows{base: base, result: result, w: s.w}
	}
}

// takeStmt returns the base's statement of the Prepare that was just answered.
func (s *session) takeStmt() driver.Stmt {
	stmt := s.stmt
	s.stmt = nil
	return stmt
}

// takeRows returns the rows of the call that was just answered, as the outer conn gives them to database/sql: observed
// ones, or the base's own when nobody watches.
func (s *session) takeRows() driver.Rows {
	observed, base := s.rows, s.base
	s.rows, s.base = nil, nil
	if observed != nil {
		return observed.expose()
	}
	return base
}
