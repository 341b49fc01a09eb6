package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A tok is a token of a normal form.
type tok struct {
	text  string
	kind  fingerprint.TokenKind
	kw    string
	value int  // position among the values, -1 for none
	space bool // before it
}

// A span is a run of tokens; an empty one is no part of the statement.
type span struct{ begin, end int }

func (sp span) empty() bool { return sp.begin >= sp.end }

// A statement is a normal form in its parts. Each part but the first begins with its keyword.
type statement struct {
	dialect fingerprint.Dialect
	facts   *fingerprint.Facts
	arity   func(value int) int
	toks    []tok
	parent  bool // it is the one whose rows the loop is about
	end     int

	verb                        int // SELECT, INSERT, UPDATE, DELETE: what stands before is WITH …
	into, set, values, from     span
	using, where, group, having span
	window, order, limit        span // LIMIT, OFFSET and FETCH in any order
	locking, conflict, returns  span
}

// parse takes a normal form apart.
func parse(d fingerprint.Dialect, p *fingerprint.Parsed) (*statement, error) {
	f := &p.Facts
	switch {
	case p.Partial:
		return nil, refuse("the statement is too long to be read as a whole")
	case f.Statements > 1:
		return nil, refuse("the text holds several statements")
	case f.Compound:
		return nil, refuse("UNION and its like take a key in several places")
	}
	s := &statement{dialect: d, facts: f, verb: -1, arity: func(value int) int { return p.Bindings[value].Arity }}
	end, values := 0, 0
	for t := range fingerprint.Tokens(d, p.Text) {
		n := tok{text: p.Text[t.Start:t.End], kind: t.Kind, kw: t.Keyword, value: -1, space: t.Start > end}
		if t.Kind == fingerprint.Placeholder {
			n.value = values
			values++
		}
		s.toks = append(s.toks, n)
		end = t.End
	}
	if values != len(f.Values) {
		return nil, refuse("its placeholders cannot be told from its operators")
	}
	s.end = len(s.toks)
	return s, s.part(0, s.end)
}

// part finds the clauses of the query between two tokens.
func (s *statement) part(begin, end int) error {
	var open *span
	start := func(sp *span, i int) {
		if open != nil {
			open.end = i
		}
		sp.begin, sp.end, open = i, end, sp
	}
	depth := 0
	for i := begin; i < end; i++ {
		t := &s.toks[i]
		switch t.text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		}
		if depth > 0 {
			continue
		}
		prev := tok{}
		if i > begin {
			prev = s.tok(i - 1)
		}
		if s.verb < begin {
			switch t.kw {
			case "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE":
				s.verb = i
			}
			continue
		}
		select_ := s.tok(s.verb).kw == "SELECT"
		switch kw := t.kw; {
		case kw == "INTO":
			if select_ {
				return refuse("SELECT … INTO keeps one row")
			}
			start(&s.into, i)
		case kw == "SELECT": // INSERT … SELECT
			start(&s.values, i)
			s.verb = i
		case kw == "FROM" && prev.kw != "DISTINCT":
			start(&s.from, i)
		case kw == "USING" && s.tok(s.verb).kw == "DELETE" && s.using.empty() && s.where.empty() && !s.joins(i):
			start(&s.using, i)
		case kw == "WHERE" && s.conflict.empty():
			start(&s.where, i)
		case kw == "GROUP" && !s.hint(prev):
			start(&s.group, i)
		case kw == "HAVING":
			start(&s.having, i)
		case kw == "ORDER" && !s.hint(prev):
			start(&s.order, i)
		case kw == "LIMIT", kw == "OFFSET", kw == "FETCH":
			if open == &s.limit {
				continue
			}
			start(&s.limit, i)
		case kw == "SET" && s.conflict.empty():
			start(&s.set, i)
		case kw == "VALUES" && s.conflict.empty():
			start(&s.values, i)
		case kw == "ON" && i+1 < end && (s.tok(i+1).kw == "CONFLICT" || s.tok(i+1).kw == "DUPLICATE"):
			start(&s.conflict, i)
		case kw == "RETURNING":
			start(&s.returns, i)
		case kw == "FOR" && !s.indexHint(prev):
			start(&s.locking, i)
		case strings.EqualFold(t.text, "lock") && i+1 < end && s.tok(i+1).kw == "IN":
			start(&s.locking, i)
		case select_ && strings.EqualFold(t.text, "window") && i+2 < end && s.tok(i+2).kw == "AS":
			start(&s.window, i)
		}
	}
	if s.verb < 0 {
		return refuse("it is no SELECT, INSERT, UPDATE or DELETE")
	}
	return nil
}

// tok returns the token at i; an empty one beyond the ends.
func (s *statement) tok(i int) tok {
	if i >= 0 && i < len(s.toks) {
		return s.toks[i]
	}
	return tok{value: -1}
}

// indexHint reports whether the token before FOR makes it one of MySQL's hints: USE INDEX FOR ORDER BY (i).
func (s *statement) indexHint(prev tok) bool {
	return strings.EqualFold(prev.text, "index") || strings.EqualFold(prev.text, "key")
}

// hint reports whether the token before ORDER or GROUP is the FOR of such a hint.
func (s *statement) hint(prev tok) bool { return prev.kw == "FOR" }

// joins reports whether a USING is that of a join: a list of columns follows.
func (s *statement) joins(i int) bool { return i+1 < len(s.toks) && s.tok(i+1).text == "(" }

// until returns where the clause that begins at or behind i ends, or the whole.
func (s *statement) list() span {
	i := s.verb + 1
	for ; i < s.end; i++ {
		switch t := s.tok(i); {
		case t.kw == "DISTINCT", t.kw == "ALL", t.kw == "STRAIGHT_JOIN":
		case strings.HasPrefix(strings.ToUpper(t.text), "SQL_"), strings.EqualFold(t.text, "high_priority"), strings.EqualFold(t.text, "distinctrow"):
		default:
			return span{i, s.listEnd(i)}
		}
	}
	return span{i, i}
}

// listEnd returns where a select list ends.
func (s *statement) listEnd(begin int) int {
	end := s.end
	for _, sp := range [...]span{s.from, s.where, s.group, s.having, s.window, s.order, s.limit, s.locking, s.conflict, s.returns} {
		if !sp.empty() && sp.begin >= begin {
			end = min(end, sp.begin)
		}
	}
	return end
}

// split parts a span at its commas.
func (s *statement) split(sp span) (items []span) {
	begin, depth := sp.begin, 0
	for i := sp.begin; i < sp.end; i++ {
		switch s.tok(i).text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		case ",":
			if depth == 0 {
				items = append(items, span{begin, i})
				begin = i + 1
			}
		}
	}
	if begin < sp.end {
		items = append(items, span{begin, sp.end})
	}
	return items
}

// closing returns the parenthesis that closes the one at i.
func (s *statement) closing(i int) int {
	depth := 0
	for ; i < s.end; i++ {
		switch s.tok(i).text {
		case "(", "[":
			depth++
		case ")", "]":
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return s.end
}

// column returns the span of the column that begins at i: a name, perhaps behind those of its table and schema; an empty
// one when there is none.
func (s *statement) column(i int) span {
	begin := i
	for i < s.end {
		if t := s.tok(i); t.kw != "" || t.kind != fingerprint.Word && t.kind != fingerprint.Quoted {
			return span{}
		}
		if i++; i >= s.end || s.tok(i).text != "." {
			return span{begin, i}
		}
		i++
	}
	return span{}
}

// typedLiteral reports whether the value at i is a literal that its type stands before: INTERVAL '1 day', date '2020-01-01'.
func (s *statement) typedLiteral(i int) bool {
	if i == 0 {
		return false
	}
	p := s.tok(i - 1)
	return p.kw == "INTERVAL" || p.kind == fingerprint.Word && p.kw == "" && !slices.Contains(operatorWords, strings.ToLower(p.text))
}

// operatorWords are the words that a value may follow without being a literal of theirs.
var operatorWords = []string{"regexp", "rlike", "glob", "match", "div", "mod", "xor", "some", "first", "next", "top", "similar", "to", "zone", "separator"}

// str returns tokens as text. What it is taken of holds no values.
func (s *statement) str(sp span) string {
	var b strings.Builder
	for i := sp.begin; i < sp.end; i++ {
		if i > sp.begin && s.tok(i).space {
			b.WriteByte(' ')
		}
		b.WriteString(s.tok(i).text)
	}
	return b.String()
}

// has reports whether the span holds the keyword, at any depth.
func (s *statement) has(sp span, kw string) bool {
	return slices.ContainsFunc(s.toks[sp.begin:sp.end], func(t tok) bool { return t.kw == kw })
}
