package uses_test

import (
	"context"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/testdata/uses"
)

// A run without source keeps what only the source can judge. Asked later, the source says of it what it would have said at
// once.
func TestSourceThatComesLater(t *testing.T) {
	for _, c := range uses.Cases() {
		switch c.Rule {
		case "fetch-to-count", "fetch-to-exist", "aggregate-in-app", "unused-columns":
		default:
			continue // they need values, or two statements
		}
		t.Run(c.Rule+"/"+strings.ReplaceAll(c.Name, " ", "-"), func(t *testing.T) {
			d, err := detector.New()
			if err != nil {
				t.Fatal(err)
			}
			db, err := driver.Open("sqlite3", "file:"+t.TempDir()+"/uses.db?_journal_mode=OFF&_synchronous=OFF", record.Observer{})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.ExecContext(t.Context(), uses.Schema); err != nil {
				t.Fatal(err)
			}
			ctx, scope := d.Begin(t.Context(), "case")
			if err := c.Run(ctx, db); err != nil {
				t.Fatal(err)
			}
			for _, f := range scope.End(context.Background()) {
				if f.Rule == c.Rule {
					t.Errorf("%s was found without source", c.Rule)
				}
			}
			later, err := detector.JudgeDeferred(d.Deferred(), finder)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, f := range later {
				found = found || f.Rule == c.Rule && f.Count > 0 && f.Scope == "case"
				if !c.Fires && f.Gates(finding.Likely) {
					t.Errorf("found was %s: %s", f.Rule, f.Message)
				}
			}
			if found != c.Fires {
				t.Errorf("%s found later: %v, want %v; deferred %+v", c.Rule, found, c.Fires, d.Deferred())
			}
		})
	}
}
