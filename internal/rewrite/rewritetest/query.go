package rewritetest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// A querier is a database or a transaction.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

// A table is a result: names of columns, and rows of values.
type table struct {
	columns []string
	rows    [][]any
}

func query(t *testing.T, q querier, text string, args ...any) table {
	t.Helper()
	out, err := tryQuery(q, text, args...)
	if err != nil {
		t.Fatalf("%s\n%v\nwith %v", text, err, args)
	}
	return out
}

func tryQuery(q querier, text string, args ...any) (out table, err error) {
	rows, err := q.QueryContext(context.Background(), text, args...)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	if out.columns, err = rows.Columns(); err != nil {
		return out, err
	}
	for rows.Next() {
		row := make([]any, len(out.columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return out, err
		}
		for i, v := range row {
			row[i] = plain(v)
		}
		out.rows = append(out.rows, row)
	}
	return out, rows.Err()
}

// plain gives values of different drivers one type.
func plain(v any) any {
	switch v := v.(type) {
	case []byte:
		return plain(string(v))
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return n // MySQL returns sums as text
		}
		return v
	case int32:
		return int64(v)
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	}
	return v
}

// lines prints rows, sorted if their order does not matter.
func lines(rows [][]any, sorted bool) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = fmt.Sprintf("%v", row)
	}
	if sorted {
		slices.Sort(out)
	}
	return out
}

// A source is an SQL text whose question marks are written as the dialect has them, and the literals in it.
type source struct {
	text   string
	parsed *fingerprint.Parsed
	values []string // the literal at each position of Facts.Values; empty for a placeholder
}

// read reads a text with question marks, or with $n for arguments that are used twice.
func read(d fingerprint.Dialect, text string) source {
	key := fmt.Sprint(d, text)
	if s, ok := sources.Load(key); ok {
		return s.(source)
	}
	s := parse(d, text)
	sources.Store(key, s)
	return s
}

// sources remembers what read returned: the random tests ask for each text thousands of times.
var sources sync.Map

func parse(d fingerprint.Dialect, text string) source {
	var s source
	var literals []string
	var b strings.Builder
	at, n := 0, 0
	for t := range fingerprint.Tokens(d, text) {
		switch t.Kind {
		case fingerprint.Placeholder:
			n++
			number := n
			if given, err := strconv.Atoi(text[t.Start+1 : t.End]); err == nil {
				number = given
			}
			literals = append(literals, "")
			b.WriteString(text[at:t.Start])
			if strings.HasPrefix(text[t.Start:], "$") && d == fingerprint.SQLite {
				fmt.Fprintf(&b, "?%d", number)
			} else {
				b.WriteString(placeholder(d, number))
			}
			at = t.End
		case fingerprint.String, fingerprint.Number:
			literals = append(literals, text[t.Start:t.End])
		case fingerprint.Word:
			if t.Keyword == "TRUE" || t.Keyword == "FALSE" {
				literals = append(literals, t.Keyword)
			}
		}
	}
	s.text = b.String() + text[at:]
	s.parsed = fingerprint.Parse(d, s.text)
	for _, b := range s.parsed.Bindings {
		n := min(b.Arity, len(literals))
		s.values = append(s.values, strings.Join(literals[:n], ", "))
		literals = literals[n:]
	}
	return s
}

func placeholder(d fingerprint.Dialect, n int) string {
	if d == fingerprint.PostgreSQL {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}

// options write the literals of the loop and its parent in their places, and know the types of columns.
func options(loop, parent source) rewrite.Options {
	return rewrite.Options{
		Literal: func(a rewrite.Arg) string {
			if a.Parent {
				return parent.values[a.Value]
			}
			return loop.values[a.Value]
		},
		Type: func(a rewrite.Arg) string { return types[loop.parsed.Facts.Values[a.Value].Column] },
	}
}

// arguments returns the arguments of a statement for turns. Operands of the program come from program.
func arguments(s rewrite.Statement, loop source, turns [][]any, program ...any) []any {
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		switch {
		case a.Program:
			args[i] = program[a.Value]
		case a.Turn == rewrite.All:
			args[i] = array(turns, loop.parsed.Bindings[a.Value].Arg)
		default:
			args[i] = turns[a.Turn][loop.parsed.Bindings[a.Value].Arg]
		}
	}
	return args
}

// array returns a column of the turns as an array that the driver of PostgreSQL takes.
func array(turns [][]any, column int) any {
	var numbers []*int64
	var texts []*string
	for _, turn := range turns {
		switch v := turn[column].(type) {
		case int64:
			numbers = append(numbers, &v)
			texts = append(texts, nil)
		case string:
			numbers = append(numbers, nil)
			texts = append(texts, &v)
		default:
			numbers, texts = append(numbers, nil), append(texts, nil)
		}
	}
	for _, text := range texts {
		if text != nil {
			return texts
		}
	}
	return numbers
}

// Literals returns what writes the literals of a loop's text in place of the rewrite's arguments. ok is false for a text
// whose literals do not stand at the positions of its values one by one, because of lists or of NULL.
func Literals(d fingerprint.Dialect, text string) (literal func(rewrite.Arg) string, ok bool) {
	loop := read(d, text)
	values := 0
	for t := range fingerprint.Tokens(d, text) {
		switch {
		case t.Kind == fingerprint.Placeholder, t.Kind == fingerprint.String, t.Kind == fingerprint.Number, t.Keyword == "TRUE", t.Keyword == "FALSE":
			values++
		}
	}
	return func(a rewrite.Arg) string {
		if a.Value < len(loop.values) {
			return loop.values[a.Value]
		}
		return ""
	}, values == len(loop.values) && loop.parsed.MaxList <= 1 && loop.parsed.Rows <= 1
}
