package proof

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
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
	rows, err := q.QueryContext(context.Background(), text, args...)
	if err != nil {
		t.Fatalf("%s\n%v\nwith %v", text, err, args)
	}
	defer rows.Close()
	var out table
	if out.columns, err = rows.Columns(); err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row := make([]any, len(out.columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, v := range row {
			row[i] = plain(v)
		}
		out.rows = append(out.rows, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return out
}

// plain makes values of different drivers alike.
func plain(v any) any {
	switch v := v.(type) {
	case []byte:
		return plain(string(v))
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return n // MySQL's sums
		}
		return v
	case int32:
		return int64(v)
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	}
	return v
}

// lines prints rows, sorted when their order is nobody's business.
func lines(rows [][]any, sorted bool) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = fmt.Sprint(row...)
	}
	if sorted {
		slices.Sort(out)
	}
	return out
}

// A source is the SQL text of a loop or its parent, and the values in it.
type source struct {
	text   string
	parsed *fingerprint.Parsed
	values []string // the literals at each position, empty for placeholders
}

// read takes a text with question marks.
func read(d fingerprint.Dialect, text string) source {
	s := source{parsed: fingerprint.Parse(d, text)}
	var literals []string
	var b strings.Builder
	at, n := 0, 0
	for t := range fingerprint.Tokens(d, text) {
		switch t.Kind {
		case fingerprint.Placeholder:
			n++
			literals = append(literals, "")
			b.WriteString(text[at:t.Start])
			b.WriteString(placeholder(d, n))
			at = t.End
		case fingerprint.String, fingerprint.Number:
			literals = append(literals, text[t.Start:t.End])
		}
	}
	s.text = b.String() + text[at:]
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

// options write the literals of the loop and its parent where they stand, and know the types of columns.
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

// arguments returns what a statement takes: values of the turns.
func arguments(s rewrite.Statement, loop source, turns [][]any) []any {
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		column := loop.parsed.Bindings[a.Value].Arg
		if a.Turn != rewrite.All {
			args[i] = turns[a.Turn][column]
			continue
		}
		var numbers []*int64
		for _, turn := range turns {
			if n, ok := turn[column].(int64); ok {
				numbers = append(numbers, &n)
			} else {
				numbers = append(numbers, nil)
			}
		}
		args[i] = numbers
	}
	return args
}

// Literals returns what writes the literals of a loop's text in the places of the rewrite's arguments. Not ok are texts
// whose literals are not at the positions of the values one by one: with lists, or with NULL.
func Literals(d fingerprint.Dialect, text string) (literal func(rewrite.Arg) string, ok bool) {
	loop := read(d, text)
	values := 0
	for t := range fingerprint.Tokens(d, text) {
		switch t.Kind {
		case fingerprint.Placeholder, fingerprint.String, fingerprint.Number:
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
