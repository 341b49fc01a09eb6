package uses_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/report"
	"github.com/nplusgone/nplusgone/testdata/uses"
)

// finder keeps the packages that the cases are in.
var finder = source.New()

// run returns what is found in a case, and what is known of the use of its rows.
func run(t *testing.T, c uses.Case) ([]finding.Finding, *finding.RowUse) {
	t.Helper()
	d, err := detector.New(detector.WithSource(finder))
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
	findings := scope.End(context.Background())
	for _, f := range findings {
		if f.Fix.SQL == "" || strings.Contains(f.Fix.SQL, "…") {
			continue
		}
		stmt, err := db.PrepareContext(t.Context(), f.Fix.SQL)
		if err != nil {
			t.Errorf("%s: the database does not take the fix %s: %v", f.Rule, f.Fix.SQL, err)
			continue
		}
		stmt.Close()
		fixes[f.Rule]++
	}
	return findings, finding.NormalizeProfile(d.Profile()).RowUse
}

// fixes counts the statements that were proposed, by rule.
var fixes = map[string]int{}

// Each case finds what it says, at the level that it says, and nothing else that would fail a test.
func TestUses(t *testing.T) {
	for _, c := range uses.Cases() {
		t.Run(cmp.Or(c.Rule, "service")+"/"+strings.ReplaceAll(c.Name, " ", "-"), func(t *testing.T) {
			cases++
			least := finding.Likely
			if c.Level != "" {
				least, _ = finding.ParseLevel(c.Level)
			}
			found := false
			findings, use := run(t, c)
			for _, f := range findings {
				switch {
				case c.Fires && f.Rule == c.Rule && f.Level >= least && (c.Level == "" || f.Level == least):
					found = true
					right++
				case f.Gates(finding.Likely), f.Rule == c.Rule, c.Rule == "" && f.Rule != "fetch-to-count":
					wrong++
					t.Errorf("found was\n%s", report.Block(f))
				}
			}
			if c.Fires && !found {
				missed++
				t.Errorf("nothing was found, want %s (%v); the use of rows: %+v", c.Rule, least, use)
			}
		})
	}
	for _, rule := range []string{"fetch-to-count", "fetch-to-exist", "aggregate-in-app", "filter-in-app", "read-modify-write", "unused-columns"} {
		if fixes[rule] == 0 {
			t.Errorf("%s proposes no statement", rule)
		}
	}
	t.Logf("statements proposed, and prepared: %v", fixes)
}

var right, wrong, missed, cases int // of TestUses

// TestMain ends with what TestUses comes to.
func TestMain(m *testing.M) {
	code := m.Run()
	if cases > 0 {
		fmt.Printf("precision=%.2f recall=%.2f scenarios=%d\n", ratio(right, right+wrong), ratio(right, right+missed), cases)
	}
	os.Exit(code)
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// Every rule about the use of rows has six cases or more in which it finds something, and ten in which it does not.
func TestRulesHaveCases(t *testing.T) {
	fires, quiet := map[string]int{}, map[string]int{}
	var names []string
	for _, c := range uses.Cases() {
		if c.Rule == "" {
			continue
		}
		if _, ok := analysis.RuleNamed(c.Rule); !ok {
			t.Errorf("%s: there is no rule %q", c.Name, c.Rule)
		}
		if c.Fires {
			fires[c.Rule]++
		} else {
			quiet[c.Rule]++
		}
		if slices.Contains(names, c.Rule+c.Name) {
			t.Errorf("%s: the name %q is taken", c.Rule, c.Name)
		}
		names = append(names, c.Rule+c.Name)
	}
	for rule := range fires {
		if fires[rule] < 6 || quiet[rule] < 10 {
			t.Errorf("%s fires in %d cases (want 6) and is quiet in %d (want 10)", rule, fires[rule], quiet[rule])
		}
	}
}
