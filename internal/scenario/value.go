package scenario

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A token is a value, an arrow, dots or a parenthesis of a line of the trace.
type token struct {
	name   string // of a named argument
	text   string
	quoted bool
}

var tokenPattern = regexp.MustCompile(`^(?:(?::(\w+)=)?(?:'((?:[^']|'')*)'|([^\s()']+))|([()]))`)

// tokens cuts a line of the trace.
func tokens(line string) ([]token, error) {
	var list []token
	for rest := strings.TrimSpace(line); rest != ""; rest = strings.TrimLeft(rest, " \t") {
		m := tokenPattern.FindStringSubmatchIndex(rest)
		if m == nil {
			return nil, fmt.Errorf("cannot read %q: a quote that does not end?", rest)
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return rest[m[2*i]:m[2*i+1]]
		}
		t := token{name: part(1), text: part(3) + part(4), quoted: m[4] >= 0}
		if t.quoted {
			t.text = strings.ReplaceAll(part(2), "''", "'")
		}
		list = append(list, t)
		rest = rest[m[1]:]
	}
	return list, nil
}

// is reports whether t is the mark s: what is quoted is none.
func (t token) is(s string) bool { return !t.quoted && t.name == "" && t.text == s }

// value returns what a driver would hand over.
func (t token) value() driver.Value {
	if t.quoted {
		return t.text
	}
	switch t.text {
	case "NULL":
		return nil
	case "true":
		return true
	case "false":
		return false
	}
	if n, err := strconv.ParseInt(t.text, 10, 64); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(t.text, 64); err == nil {
		return f
	}
	return t.text
}

var spanPattern = regexp.MustCompile(`^(\d+)\.\.(\d+)$`)

// values returns the integers of a range as 1..20, or the one value that t is.
func (t token) values() []driver.Value {
	m := spanPattern.FindStringSubmatch(t.text)
	if m == nil || t.quoted {
		return []driver.Value{t.value()}
	}
	var all []driver.Value
	from, _ := strconv.ParseInt(m[1], 10, 64)
	to, _ := strconv.ParseInt(m[2], 10, 64)
	for n := from; n <= to; n++ {
		all = append(all, n)
	}
	return all
}

// literal returns v as SQL spells it.
func literal(v driver.Value) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	}
	return fmt.Sprint(v)
}
