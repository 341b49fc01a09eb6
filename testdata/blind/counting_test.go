package blind_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// A statementLog counts statements.
type statementLog struct {
	mu    sync.Mutex
	texts map[string]int // by text, with its literals and comments removed
	calls map[string]int // by text and arguments
}

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/|--[^\n]*`)
	literal = regexp.MustCompile(`'[^']*'|\$\d+|\b\d+\b`)
	list    = regexp.MustCompile(`\?(, ?\?)+`)
)

func (l *statementLog) add(query string, args []driver.NamedValue) {
	query = strings.Join(strings.Fields(comment.ReplaceAllString(query, "")), " ")
	var call strings.Builder
	call.WriteString(query)
	for _, arg := range args {
		fmt.Fprintf(&call, " %v", arg.Value)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.texts[list.ReplaceAllString(literal.ReplaceAllString(query, "?"), "?…")]++
	l.calls[call.String()]++
}

// mostText returns how often the most frequent statement that begins with verb ran.
func (l *statementLog) mostText(verb string) int { return l.most(l.texts, verb) }

// mostCall returns how often the most frequent statement that begins with verb ran with the same arguments.
func (l *statementLog) mostCall(verb string) int { return l.most(l.calls, verb) }

func (l *statementLog) most(counts map[string]int, verb string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	most := 0
	for text, n := range counts {
		if strings.HasPrefix(strings.ToUpper(text), verb) {
			most = max(most, n)
		}
	}
	return most
}

func (l *statementLog) summary() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	most, top := 0, ""
	total := 0
	for text, n := range l.texts {
		total += n
		if n > most || n == most && text < top {
			most, top = n, text
		}
	}
	return fmt.Sprintf("%d of %d are %.120s", most, total, top)
}

// countingDB opens a database whose statements are counted in log.
func countingDB(t *testing.T, name, dsn string, log *statementLog) *sql.DB {
	t.Helper()
	plain, err := sql.Open(name, dsn)
	if err != nil {
		t.Fatal(err)
	}
	base := plain.Driver()
	if err := plain.Close(); err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(&countingConnector{base, dsn, log})
	t.Cleanup(func() { db.Close() })
	return db
}

type countingConnector struct {
	base driver.Driver
	dsn  string
	log  *statementLog
}

func (c *countingConnector) Driver() driver.Driver { return c.base }

func (c *countingConnector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.base.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	return &countingConn{conn, c.log}, nil
}

// A countingConn has the optional methods that all four drivers have.
type countingConn struct {
	driver.Conn
	log *statementLog
}

func (c *countingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
	if err != driver.ErrSkip {
		c.log.add(query, args)
	}
	return rows, err
}

func (c *countingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	res, err := c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
	if err != driver.ErrSkip {
		c.log.add(query, args)
	}
	return res, err
}

func (c *countingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	stmt, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &countingStmt{stmt, query, c.log}, nil
}

func (c *countingConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, opts)
}

func (c *countingConn) CheckNamedValue(v *driver.NamedValue) error { return check(c.Conn, v) }

type countingStmt struct {
	driver.Stmt
	query string
	log   *statementLog
}

func (s *countingStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.log.add(s.query, args)
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

func (s *countingStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.log.add(s.query, args)
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

func (s *countingStmt) CheckNamedValue(v *driver.NamedValue) error { return check(s.Stmt, v) }

func check(of any, v *driver.NamedValue) error {
	if checker, ok := of.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}
