package nplusgonetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// A budget is what a test may run. Statements that fail, that control transactions, or that look at no table of the
// application's own do not count.
type budget struct {
	what string // as the failure names it
	max  int
	of   func(*fingerprint.Facts) bool
}

// MaxQueries lets the test run at most n statements, reads and writes together. What prepares the test's data counts as
// well, unless nplusgone.Ignore sets it aside. Transaction control, PRAGMA, catalog queries and failed statements do not
// count. It adds to other budgets.
func MaxQueries(n int) Option {
	return withBudget(budget{fmt.Sprintf("MaxQueries(%d)", n), n, func(*fingerprint.Facts) bool { return true }})
}

// MaxQueriesOn lets the test run at most n statements that name the table: whichever it is in a JOIN or a subquery, without
// its schema, in any case. It adds to other budgets.
func MaxQueriesOn(table string, n int) Option {
	return withBudget(budget{fmt.Sprintf("MaxQueriesOn(%q, %d)", table, n), n, func(f *fingerprint.Facts) bool { return names(f.Tables, table) }})
}

// NoWrites lets the test run no statement that writes to a table. It adds to other budgets.
func NoWrites() Option {
	return withBudget(budget{"NoWrites()", 0, func(f *fingerprint.Facts) bool { return len(f.Writes) > 0 }})
}

func withBudget(b budget) Option {
	return optionFunc(func(c *config) {
		c.budgets = append(c.budgets, b)
		if b.max < 0 {
			c.wrong = fmt.Errorf("%s: no test runs fewer than 0 statements", b.what)
		}
	})
}

// names reports whether one of the tables is called table, with or without a schema before it.
func names(tables []string, table string) bool {
	return slices.ContainsFunc(tables, func(t string) bool {
		if !strings.Contains(table, ".") {
			t = t[strings.LastIndexByte(t, '.')+1:]
		}
		return strings.EqualFold(strings.Trim(t, "\"`[]"), table)
	})
}

// exceeded says what went over a budget: how much, and the statements that were most of it.
func (b budget) exceeded(uses []analysis.Use) (text string, over bool) {
	var spent []analysis.Use
	count := 0
	for _, u := range uses {
		if b.of(&u.Fingerprint.Facts) {
			spent = append(spent, u)
			count += u.Count
		}
	}
	if count <= b.max {
		return "", false
	}
	slices.SortStableFunc(spent, func(x, y analysis.Use) int { return cmp.Compare(y.Count, x.Count) })
	var out strings.Builder
	fmt.Fprintf(&out, "%s: the test ran %s", b.what, statements(count))
	for i, u := range spent {
		if i == maxShown && len(spent) > maxShown+1 {
			fmt.Fprintf(&out, "\n    … and %d more kinds", len(spent)-i)
			break
		}
		fmt.Fprintf(&out, "\n    %4d ×  %s", u.Count, printable.SQL(u.Fingerprint.Text, maxText))
		if u.CallSite.File != "" {
			fmt.Fprintf(&out, "\n            at %s:%d in %s", printable.Line(u.CallSite.File), u.CallSite.Line, printable.Line(u.CallSite.Function))
		}
	}
	return out.String(), true
}

// maxShown is how many kinds of statements a failure shows, and maxText how many characters of each.
const (
	maxShown = 5
	maxText  = 400
)

func statements(n int) string {
	if n == 1 {
		return "1 statement"
	}
	return fmt.Sprintf("%d statements", n)
}
