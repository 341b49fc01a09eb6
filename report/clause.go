package report

import "strings"

// clauses are the words that start a line of a wrapped statement.
var clauses = []string{
	"SELECT", "FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT",
	"VALUES", "SET", "RETURNING", "ON CONFLICT", "ON DUPLICATE KEY",
	"JOIN", "LEFT", "RIGHT", "INNER", "FULL", "CROSS",
}

// leaders are the words that belong to the clause after them: LEFT JOIN is broken before LEFT only.
var leaders = []string{"DELETE", "LEFT", "RIGHT", "INNER", "OUTER", "FULL", "CROSS", "UPDATE", "DISTINCT", "DEFAULT", "ALL"}

// startsClause reports whether rest begins with a clause, and before, what stands in front of it, does not lead into it.
func startsClause(rest, before string) bool {
	last := before[strings.LastIndexByte(before, ' ')+1:]
	for _, word := range leaders {
		if strings.EqualFold(last, word) {
			return false
		}
	}
	for _, clause := range clauses {
		if len(rest) < len(clause) || !strings.EqualFold(rest[:len(clause)], clause) {
			continue
		}
		if len(rest) == len(clause) || rest[len(clause)] == ' ' || rest[len(clause)] == '(' {
			return true
		}
	}
	return false
}
