package pgquery

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/fingerprint"
)

const (
	// maxText is how long a text may be, before and after translation.
	maxText = 8 << 10
	// maxOperator is how long an operator may be: libpg_query reads a run of their characters again for each of them.
	maxOperator = 8
	// maxDepth bounds the nesting of what is parsed. With 128 levels, nested queries use up a stack of 128 KiB, which is
	// what musl gives a thread; with 112 none of the dangers does (TestTheGateHoldsOnASmallStack). This is less than half.
	maxDepth = 48
)

var errDialect = errors.New("in an unknown dialect the text may mean something else to PostgreSQL")

// pass lets through what is safe to parse, in PostgreSQL's words.
func pass(d fingerprint.Dialect, sql string, p *fingerprint.Parsed) (*translation, error) {
	switch {
	case d == fingerprint.Unknown:
		return nil, errDialect
	case len(sql) > maxText:
		return nil, fmt.Errorf("the text is longer than %d bytes", maxText)
	case !utf8.ValidString(sql):
		return nil, errors.New("the text is no UTF-8")
	case strings.IndexByte(sql, 0) >= 0:
		return nil, errors.New("the text holds a NUL")
	case p.Partial:
		return nil, errors.New("the statement has more parts than are read")
	case p.Facts.Statements > 1:
		return nil, errors.New("the text holds several statements")
	}
	switch p.Facts.Kind {
	case fingerprint.Select, fingerprint.Insert, fingerprint.Update, fingerprint.Delete, fingerprint.Merge:
	default:
		return nil, fmt.Errorf("a statement of kind %s has no facts that a parser would refine", p.Facts.Kind)
	}
	t, err := translate(d, p)
	switch {
	case err != nil:
		return nil, err
	case len(t.sql) > maxText:
		return nil, fmt.Errorf("the text is longer than %d bytes in PostgreSQL's words", maxText)
	case t.depth > maxDepth:
		return nil, fmt.Errorf("the statement is nested %d deep, more than %d", t.depth, maxDepth)
	}
	return t, nil
}
