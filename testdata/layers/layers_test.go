package layers_test

import (
	"context"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"github.com/nplusgone/nplusgone/report"
	"github.com/nplusgone/nplusgone/testdata/layers"
	"github.com/nplusgone/nplusgone/testdata/uses"
)

var _ = nplusgonetest.VerifyTestMain // sets the source of all detectors

// Each case finds what it says, and nothing more that would fail a test.
func TestLayers(t *testing.T) {
	for _, c := range layers.Cases() {
		t.Run(strings.ReplaceAll(c.Name, " ", "-"), func(t *testing.T) {
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
			found := false
			for _, f := range scope.End(context.Background()) {
				if f.Rule == c.Rule && f.Level >= finding.Likely {
					found = true
				} else if f.Gates(finding.Likely) {
					t.Errorf("found was\n%s", report.Block(f))
				}
			}
			if !found && c.Rule != "" {
				t.Errorf("nothing was found, want %s", c.Rule)
			}
		})
	}
}
