package analysis

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// counting returns the statement that counts what g selects.
func counting(g *group) string {
	if from, ok := g.rest(); ok {
		return "SELECT count(*)" + from
	}
	return "SELECT count(*) FROM (" + unordered(g.Parsed.Text) + ") AS counted"
}

// existing returns the statement that says whether g selects a row.
func existing(g *group) string {
	if from, ok := g.rest(); ok {
		return "SELECT EXISTS (SELECT 1" + from + ")"
	}
	return "SELECT EXISTS (" + unordered(g.Parsed.Text) + ")"
}

// selecting returns g's statement with another select list, "" when that would change what its clauses mean.
func selecting(g *group, list string) string {
	text := g.Parsed.Text
	from := outermost(text, " FROM ")
	if list == "" || from < 0 || !strings.HasPrefix(text, "SELECT ") || g.Facts().Compound || g.Facts().Distinct {
		return ""
	}
	return "SELECT " + list + text[from:]
}

// folding returns the statement that computes list over g's rows, those of a filter if there is one.
func folding(g *group, list, condition string) string {
	from, ok := g.rest()
	if !ok || list == "" {
		return ""
	}
	return where("SELECT "+list+from, condition)
}

// rest returns what follows the select list, without an order; ok is false where another select list would change which
// rows there are.
func (g *group) rest() (from string, ok bool) {
	f := g.Facts()
	text := unordered(g.Parsed.Text)
	at := outermost(text, " FROM ")
	if f.Distinct || f.GroupBy || f.Compound || len(f.Aggregates) > 0 || at < 0 || !strings.HasPrefix(text, "SELECT ") {
		return "", false
	}
	return text[at:], true
}

// where adds a condition to a SELECT.
func where(text, condition string) string {
	if condition == "" {
		return text
	}
	end := len(text)
	for _, clause := range [...]string{" GROUP BY ", " HAVING ", " WINDOW ", " ORDER BY ", " LIMIT ", " OFFSET ", " FETCH ", " FOR "} {
		if at := outermost(text, clause); at >= 0 {
			end = min(end, at)
		}
	}
	at := outermost(text[:end], " WHERE ")
	if at < 0 {
		return text[:end] + " WHERE " + condition + text[end:]
	}
	at += len(" WHERE ")
	old := text[at:end]
	if outermost(old, " OR ") >= 0 {
		old = "(" + old + ")"
	}
	return text[:at] + old + " AND " + condition + text[end:]
}

// unordered returns a SELECT without its outermost ORDER BY.
func unordered(text string) string {
	if at := outermost(text, " ORDER BY "); at >= 0 {
		return text[:at]
	}
	return text
}

// outermost returns where a clause begins that stands in no parentheses, -1 when there is none. Texts of fingerprints have
// keywords in upper case, and neither comments nor literals.
func outermost(text, clause string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ' ':
			if depth == 0 && strings.HasPrefix(text[i:], clause) {
				return i
			}
		}
	}
	return -1
}

// numbered returns the fix with its placeholders as d writes them: the text of a fingerprint has a question mark for each.
// What stands for a list of unknown length has no numbers.
func numbered(f finding.Fix, d fingerprint.Dialect) finding.Fix {
	if d != fingerprint.PostgreSQL || strings.Contains(f.SQL, "…") {
		return f
	}
	var b strings.Builder
	done, n := 0, 0
	for t := range fingerprint.Tokens(d, f.SQL) {
		if t.Kind == fingerprint.Placeholder && f.SQL[t.Start:t.End] == "?" {
			n++
			fmt.Fprintf(&b, "%s$%d", f.SQL[done:t.Start], n)
			done = t.End
		}
	}
	f.SQL = b.String() + f.SQL[done:]
	return f
}
