package blind_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

// minRepeats is how often a case that wants a finding must run the statement.
const minRepeats = 3

// verbs are how the statements of a rule begin.
var verbs = map[string]string{
	blind.NPlusOne:  "SELECT",
	blind.Duplicate: "SELECT",
	blind.Recursive: "SELECT",
	blind.RowInsert: "INSERT",
	blind.RowUpdate: "UPDATE",
	blind.RowDelete: "DELETE",
}

// TestBare proves that each case runs without an error on its own driver, with nothing in between.
func TestBare(t *testing.T) {
	eachCase(t, func(t *testing.T, _ string, c blind.Case) {
		db, err := sql.Open(c.Driver, seeded(t, c))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := runCase(t.Context(), c, db); err != nil {
			t.Fatal(err)
		}
	})
}

// TestRepeats proves that each case that wants a finding repeats a statement of that rule's kind, and for
// duplicate-query one statement with the same arguments.
func TestRepeats(t *testing.T) {
	eachCase(t, func(t *testing.T, _ string, c blind.Case) {
		log := &statementLog{texts: map[string]int{}, calls: map[string]int{}}
		db := countingDB(t, c.Driver, seeded(t, c), log)
		if err := runCase(t.Context(), c, db); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s, want %q, may %q: %s", c.Driver, c.Want, c.May, log.summary())
		for _, want := range c.Want {
			rules := strings.Fields(want)
			repeats := 0
			for _, rule := range rules {
				repeats = max(repeats, log.mostText(verbs[rule]))
			}
			if repeats < minRepeats {
				t.Errorf("want %s, but the most frequent statement of its kind ran %d times", want, repeats)
			}
			if slices.Equal(rules, []string{blind.Duplicate}) && log.mostCall(verbs[blind.Duplicate]) < 2 {
				t.Errorf("want %s, but no statement ran twice with the same arguments", want)
			}
		}
	})
}
