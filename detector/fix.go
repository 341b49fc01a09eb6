package detector

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// batchedSelect returns the fix that fetches the rows of all of g's statements with one.
func batchedSelect(g *group, rule *Rule) Fix { return batched(g, rule, rewrite.Select) }

// batchedWrite returns the fix that writes the rows of all of g's statements with one.
func batchedWrite(g *group, rule *Rule) Fix { return batched(g, rule, rewrite.Write) }

// batched returns the rule's fix with the statement to use in place of g's, and what there is to know of it. Where no
// statement would answer the same, the fix says why.
func batched(g *group, rule *Rule, by func(rewrite.Loop) (*rewrite.Rewrite, error)) Fix {
	r, err := by(rewrite.Loop{Dialect: g.key.db.Dialect, Parsed: g.parsed, Varies: g.differs})
	if err != nil {
		return Fix{Text: fmt.Sprintf("%s No statement is given here: %v.", rule.Fix, err)}
	}
	return Fix{Text: strings.TrimSpace(rule.Fix + " " + r.Note), SQL: r.SQL()}
}

// differs reports whether a value is not known to be the same in all of g's statements.
func (g *group) differs(value int) bool {
	for i := range g.slots {
		if g.slots[i].at == value {
			return !g.slots[i].constant
		}
	}
	return true
}

func list(names []string) string { return strings.Join(names, ", ") }

func rowCount(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}
