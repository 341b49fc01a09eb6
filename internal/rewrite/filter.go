package rewrite

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// An Op is a comparison of a column with operands.
type Op string

// The comparisons. Contains, Prefix and Suffix distinguish case, as package strings does.
const (
	EqualTo   Op = "="
	NotEqual  Op = "<>"
	Less      Op = "<"
	LessEqual Op = "<="
	More      Op = ">"
	MoreEqual Op = ">="
	In        Op = "in"     // one of the operands
	NotIn     Op = "not in" // none of the operands
	Contains  Op = "contains"
	Prefix    Op = "prefix"
	Suffix    Op = "suffix"
)

// A Condition is a comparison that decides whether the program uses a row.
type Condition struct {
	Column   Column
	Op       Op        // for the rows that are used
	Operands []Operand // one; of In and NotIn one or more
}

// An Operand is the other side of a comparison. The zero value is a value of the program.
type Operand struct {
	Literal any  // a constant of the source: bool, int64, float64 or string; nil for a value of the program
	List    bool // the value of the program is a list; only with In and NotIn
}

// ParseOperand returns an operand that the analysis of source gives as SQL: ? for a value of the program, else a literal
// whose Go value is literal, or nil for a number that it has not.
func ParseOperand(sql string, literal any) (Operand, error) {
	switch {
	case literal != nil:
		return Operand{Literal: literal}, nil
	case sql == "?":
		return Operand{}, nil
	}
	if f, err := strconv.ParseFloat(sql, 64); err == nil && exact(sql) {
		return Operand{Literal: f}, nil
	}
	return Operand{}, refuse("the constant %s of the source is not read", sql)
}

// exact reports whether a number is surely written with all of its digits: go/constant prints six of them.
func exact(number string) bool {
	return !strings.ContainsAny(number, ".eE") || !strings.ContainsAny(number, "eE") && len(strings.TrimLeft(number, "-+0.")) <= 6
}

// Filter returns the query with conditions, for code that ignores the rows which fail them. It assumes that the code does
// nothing with those rows.
func Filter(q Query, conditions ...Condition) (*Rewrite, error) {
	s, err := readable(q.Dialect, q.Parsed)
	if err != nil {
		return nil, err
	}
	f := s.facts
	switch {
	case len(conditions) == 0:
		return nil, refuse("the condition of the source is not read")
	case f.Limit || f.Offset:
		return nil, refuse("LIMIT is applied before the condition of the code")
	case f.GroupBy || len(f.Aggregates) > 0 || !s.having.empty():
		return nil, refuse("the condition is about groups of rows")
	case s.distinctOn():
		return nil, refuse("DISTINCT ON chooses rows before the condition of the code")
	case s.has(s.list(), "OVER") || s.has(s.order, "OVER") || !s.window.empty():
		return nil, refuse("a window function sees the rows that the code ignores")
	}
	r := newRewrite(s, ShapeFilter, nil)
	write, err := r.filters(s, conditions, q.Names)
	if err != nil {
		return nil, err
	}
	r.build = func(w *writer) {
		end := s.where.end
		if s.where.empty() {
			end = s.from.end
		}
		if end == 0 {
			end = s.list().end
		}
		if s.where.empty() {
			w.span(s, span{0, end})
			w.text(" WHERE ")
			write(w)
		} else {
			w.span(s, span{0, s.where.begin + 1})
			w.text(" ")
			w.part(s, span{s.where.begin + 1, s.where.end})
			w.text(" AND ")
			write(w)
		}
		w.clause(s, span{end, s.end})
	}
	return r, nil
}

// filters returns what writes the conditions, and notes where the database may compare otherwise than Go.
func (r *Rewrite) filters(s *statement, conditions []Condition, names []string) (func(w *writer), error) {
	var parts []func(w *writer)
	program, text := 0, false
	for _, c := range conditions {
		column, err := s.conditionColumn(c.Column, names)
		if err != nil {
			return nil, err
		}
		part, err := s.comparison(column, c, &program)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
		if !c.Column.NotNull {
			r.note("Rows whose %s is NULL fail the condition.", column.column)
		}
		for _, o := range c.Operands {
			_, is := o.Literal.(string)
			text = text || is || o.Literal == nil
		}
	}
	if text && s.dialect == fingerprint.MySQL {
		r.note("MySQL compares text by the collation of the column, which may ignore case.")
	}
	return func(w *writer) { w.between(" AND ", len(parts), func(i int) { parts[i](w) }) }, nil
}

// comparison returns what writes a condition.
func (s *statement) comparison(column term, c Condition, program *int) (func(w *writer), error) {
	if len(c.Operands) == 0 || len(c.Operands) > 1 && c.Op != In && c.Op != NotIn {
		return nil, refuse("the condition of the source is not read")
	}
	var operands []func(w *writer)
	for _, o := range c.Operands {
		text := ""
		if o.Literal != nil {
			literal, err := s.literal(o.Literal)
			if err != nil {
				return nil, err
			}
			text = literal
		}
		n := *program
		if text == "" {
			*program++
		}
		operands = append(operands, func(w *writer) { w.term(s, term{text: text, operand: text == "", n: n}) })
	}
	switch c.Op {
	case EqualTo, NotEqual, Less, LessEqual, More, MoreEqual:
		return func(w *writer) {
			w.term(s, column)
			w.text(" ", string(c.Op), " ")
			operands[0](w)
		}, nil
	case In, NotIn:
		return s.inList(column, c, operands)
	case Contains, Prefix, Suffix:
		return s.pattern(column, c, operands[0])
	}
	return nil, refuse("the comparison %s of the source is not read", c.Op)
}

// inList returns what writes col IN (…).
func (s *statement) inList(column term, c Condition, operands []func(w *writer)) (func(w *writer), error) {
	list := c.Operands[0].List
	if list && len(operands) > 1 {
		return nil, refuse("the condition of the source is not read")
	}
	return func(w *writer) {
		w.term(s, column)
		switch {
		case list && s.dialect == fingerprint.PostgreSQL && c.Op == In:
			w.text(" = ANY(")
		case list && s.dialect == fingerprint.PostgreSQL:
			w.text(" <> ALL(")
		case c.Op == In:
			w.text(" IN (")
		default:
			w.text(" NOT IN (")
		}
		w.between(", ", len(operands), func(i int) { operands[i](w) })
		if list && s.dialect != fingerprint.PostgreSQL && w.more {
			w.text(", …")
		}
		w.text(")")
	}, nil
}

// pattern returns what writes that a column contains a text, or begins or ends with it. A constant becomes LIKE where LIKE
// distinguishes case as the column does; its % and _ are escaped. Elsewhere a function compares.
func (s *statement) pattern(column term, c Condition, operand func(w *writer)) (func(w *writer), error) {
	text, constant := c.Operands[0].Literal.(string)
	if !constant && c.Operands[0].Literal != nil || constant && text == "" {
		return nil, refuse("the condition of the source is not read")
	}
	if constant && s.dialect != fingerprint.SQLite && s.dialect != fingerprint.Unknown {
		pattern := likeEscaper.Replace(text)
		escaped := pattern != text
		if c.Op != Prefix {
			pattern = "%" + pattern
		}
		if c.Op != Suffix {
			pattern += "%"
		}
		literal, err := s.literal(pattern)
		if err != nil {
			return nil, err
		}
		if literal != "" {
			return func(w *writer) {
				w.term(s, column)
				w.text(" LIKE ", literal)
				if escaped {
					w.text(" ESCAPE '!'")
				}
			}, nil
		}
	}
	function := map[fingerprint.Dialect]string{fingerprint.PostgreSQL: "strpos", fingerprint.MySQL: "instr", fingerprint.SQLite: "instr"}[s.dialect]
	if function == "" || c.Op == Suffix {
		return nil, refuse("the database has no comparison for it that is sure to mean the same")
	}
	return func(w *writer) {
		w.text(function, "(")
		w.term(s, column)
		w.text(", ")
		operand(w)
		w.text(")")
		if c.Op == Prefix {
			w.text(" = 1")
		} else {
			w.text(" > 0")
		}
	}, nil
}

// likeEscaper escapes what LIKE does not take literally. The default escape of PostgreSQL and MySQL is escaped as well.
var likeEscaper = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_", `\`, `\`)

// literal returns a constant as the dialect writes it; "" for one that becomes an argument.
func (s *statement) literal(v any) (string, error) {
	switch v := v.(type) {
	case bool:
		if v {
			return "TRUE", nil
		}
		return "FALSE", nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return "", refuse("SQL has no literal for %v", v)
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case string:
		for _, r := range v {
			if r == '\\' || r == utf8.RuneError || !unicode.IsPrint(r) {
				return "", nil // dialects write it in different ways
			}
		}
		return "'" + strings.ReplaceAll(v, "'", "''") + "'", nil
	}
	return "", refuse("the constant of the source is not read")
}
