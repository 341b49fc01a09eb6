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
	value int  // position among the values; -1 for none
	space bool // a space precedes it
}

// is reports whether the token is a word, in any case.
func (t tok) is(word string) bool { return strings.EqualFold(t.text, word) }

// A span is a range of tokens; an empty one is a clause that the statement does not have.
type span struct{ begin, end int }

func (sp span) empty() bool { return sp.begin >= sp.end }
func (sp span) len() int    { return sp.end - sp.begin }

// A statement is a normal form in its clauses. Each span but the first begins with the clause's keyword.
type statement struct {
	dialect fingerprint.Dialect
	parsed  *fingerprint.Parsed
	facts   *fingerprint.Facts
	toks    []tok
	parent  bool // it is the statement whose rows the loop iterates over
	end     int

	verb                        int // the token SELECT, INSERT, UPDATE or DELETE; WITH precedes it
	into, set, values, from     span
	using, where, group, having span
	window, order, limit        span // limit holds LIMIT, OFFSET and FETCH in any order
	locking, conflict, returns  span
}

// parse splits a normal form into clauses.
func parse(d fingerprint.Dialect, p *fingerprint.Parsed) (*statement, error) {
	f := &p.Facts
	switch {
	case p.Partial:
		return nil, refuse("the statement is too long to be read as a whole, or has more than 64 values")
	case f.Statements > 1:
		return nil, refuse("the text holds several statements")
	case f.Compound:
		return nil, refuse("UNION, INTERSECT and EXCEPT combine several queries")
	}
	s := &statement{dialect: d, parsed: p, facts: f, verb: -1}
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
	if values != len(f.Values) || len(p.Bindings) != len(f.Values) {
		return nil, refuse("its placeholders cannot be distinguished from its operators")
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
		selects := s.tok(s.verb).kw == "SELECT"
		switch kw := t.kw; {
		case kw == "UNION", kw == "INTERSECT", kw == "EXCEPT":
			return refuse("UNION, INTERSECT and EXCEPT combine several queries")
		case kw == "INTO":
			if selects {
				return refuse("SELECT … INTO stores the row that it reads")
			}
			start(&s.into, i)
		case kw == "SELECT":
			if selects {
				return refuse("it holds two queries that cannot be separated")
			}
			start(&s.values, i) // INSERT … SELECT
			s.verb = i
		case kw == "FROM" && prev.kw != "DISTINCT":
			start(&s.from, i)
		case kw == "USING" && s.tok(s.verb).kw == "DELETE" && s.using.empty() && s.where.empty() && s.tok(i+1).text != "(":
			start(&s.using, i)
		case kw == "WHERE" && s.conflict.empty():
			start(&s.where, i)
		case kw == "GROUP" && prev.kw != "FOR":
			start(&s.group, i)
		case kw == "HAVING":
			start(&s.having, i)
		case kw == "ORDER" && prev.kw != "FOR":
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
		case kw == "FOR" && !prev.is("index") && !prev.is("key"): // MySQL's hint is USE INDEX FOR ORDER BY (i)
			start(&s.locking, i)
		case t.is("lock") && i+1 < end && s.tok(i+1).kw == "IN":
			start(&s.locking, i)
		case selects && t.is("window") && i+2 < end && s.tok(i+2).kw == "AS":
			start(&s.window, i)
		}
	}
	if s.verb < 0 {
		return refuse("it is no SELECT, INSERT, UPDATE or DELETE")
	}
	return nil
}

// tok returns the token at i, or an empty one outside of the statement.
func (s *statement) tok(i int) tok {
	if i >= 0 && i < len(s.toks) {
		return s.toks[i]
	}
	return tok{value: -1}
}

// value reports whether the token at i is a placeholder.
func (s *statement) value(i int) bool { return i < s.end && s.tok(i).value >= 0 }

// list returns the select list.
func (s *statement) list() span {
	for i := s.verb + 1; i < s.end; i++ {
		switch t := s.tok(i); {
		case t.kw == "DISTINCT", t.kw == "ALL", t.kw == "STRAIGHT_JOIN":
		case strings.HasPrefix(strings.ToUpper(t.text), "SQL_"), t.is("high_priority"), t.is("distinctrow"):
		default:
			return span{i, s.listEnd(i)}
		}
	}
	return span{s.end, s.end}
}

// listEnd returns where the select list that begins at a token ends.
func (s *statement) listEnd(begin int) int {
	end := s.end
	for _, sp := range [...]span{s.from, s.where, s.group, s.having, s.window, s.order, s.limit, s.locking, s.conflict, s.returns} {
		if !sp.empty() && sp.begin >= begin {
			end = min(end, sp.begin)
		}
	}
	return end
}

// split splits a span at its commas.
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

// opening returns the parenthesis that encloses the token at i; -1 for none.
func (s *statement) opening(i int) int {
	depth := 0
	for i--; i >= 0; i-- {
		switch s.tok(i).text {
		case ")", "]":
			depth++
		case "(", "[":
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}

// column returns the span of the column name that begins at i, with the names of its table and schema; an empty span if
// there is none.
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

// typedLiteral reports whether the value at i is a literal that follows the name of its type: INTERVAL '1 day',
// date '2020-01-01'.
func (s *statement) typedLiteral(i int) bool {
	if i == 0 || s.parsed.Bindings[s.tok(i).value].Arg >= 0 {
		return false
	}
	p := s.tok(i - 1)
	return p.kw == "INTERVAL" || p.kind == fingerprint.Word && p.kw == "" && !slices.Contains(operatorWords, strings.ToLower(p.text))
}

// operatorWords are words that precede a value without being its type.
var operatorWords = []string{"regexp", "rlike", "glob", "match", "div", "mod", "xor", "some", "first", "next", "top", "similar", "to", "zone", "separator"}

// str returns tokens as text. The span must hold no values.
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

// word reports whether the statement holds the word, at any depth.
func (s *statement) word(word string) bool {
	return slices.ContainsFunc(s.toks, func(t tok) bool { return t.is(word) })
}
