package nplusgonetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/option"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// A budget is how many statements of a kind a test may run.
type budget struct {
	name   string // as the test wrote it
	max    int
	counts func(*fingerprint.Facts) bool
}

// MaxQueries lets the test run at most n statements, reads and writes together. Statements that set up the test's data
// count too, unless they run within nplusgone.Ignore. Failed statements, transaction control, PRAGMA and catalog queries
// do not count. It is added to other budgets. It is an option of Test, Open and OpenDB.
func MaxQueries(n int) Option {
	return withBudget("MaxQueries", budget{fmt.Sprintf("MaxQueries(%d)", n), n, func(*fingerprint.Facts) bool { return true }})
}

// MaxQueriesOn lets the test run at most n statements that name the table, also in a JOIN or a subquery. The name is
// compared without regard to case; a name without a schema fits a table of any schema. What does not count for MaxQueries
// does not count here. It is added to other budgets. It is an option of Test, Open and OpenDB.
func MaxQueriesOn(table string, n int) Option {
	return withBudget("MaxQueriesOn", budget{fmt.Sprintf("MaxQueriesOn(%q, %d)", table, n), n, func(f *fingerprint.Facts) bool { return names(f.Tables, table) }})
}

// NoWrites lets the test run no statement that writes to a table. It is an option of Test, Open and OpenDB.
func NoWrites() Option {
	return withBudget("NoWrites", budget{"NoWrites()", 0, func(f *fingerprint.Facts) bool { return len(f.Writes) > 0 }})
}

func withBudget(name string, b budget) Option { return option.New(name, testDoors, b) }

// names reports whether one of the tables has the name table, which may have a schema.
func names(tables []string, table string) bool {
	return slices.ContainsFunc(tables, func(t string) bool {
		if !strings.Contains(table, ".") {
			t = t[strings.LastIndexByte(t, '.')+1:]
		}
		return strings.EqualFold(strings.Trim(t, "\"`[]"), table)
	})
}

// exceeded reports whether uses are more than b allows, with a text that lists the most frequent statements.
func (b budget) exceeded(uses []analysis.Use) (text string, over bool) {
	var counted []analysis.Use
	count := 0
	for _, u := range uses {
		if b.counts(&u.Fingerprint.Facts) {
			counted = append(counted, u)
			count += u.Count
		}
	}
	if count <= b.max {
		return "", false
	}
	slices.SortStableFunc(counted, func(x, y analysis.Use) int { return cmp.Compare(y.Count, x.Count) })
	var out strings.Builder
	fmt.Fprintf(&out, "%s: the test ran %s", b.name, statements(count))
	for i, u := range counted {
		if i == maxShown && len(counted) > maxShown+1 {
			fmt.Fprintf(&out, "\n    … and %d more shapes", len(counted)-i)
			break
		}
		fmt.Fprintf(&out, "\n    %4d ×  %s", u.Count, printable.SQL(u.Fingerprint.Text, maxText))
		if u.CallSite.File != "" {
			fmt.Fprintf(&out, "\n            at %s:%d in %s", printable.Line(u.CallSite.File), u.CallSite.Line, printable.Line(u.CallSite.Function))
		}
	}
	return out.String(), true
}

const (
	maxShown = 5   // shapes of statements in a failure
	maxText  = 400 // characters of each
)

func statements(n int) string {
	if n == 1 {
		return "1 statement"
	}
	return fmt.Sprintf("%d statements", n)
}
