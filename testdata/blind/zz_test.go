package blind_test

import (
	"fmt"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/testdata/blind"
)

func TestZZ(t *testing.T) {
	sums := map[string]*finding.RowUse{}
	var order []string
	why := map[string]map[string]int{}
	eachCase(t, func(t *testing.T, folder string, c blind.Case) {
		db, err := nplusgone.Open(c.Driver, seeded(t, c))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		w, _ := nplusgone.New()
		ctx, end := w.Begin(t.Context(), c.Name)
		_ = runCase(ctx, c, db)
		end()
		u := w.Report().Profile.RowUse
		if sums[folder] == nil {
			order = append(order, folder)
			why[folder] = map[string]int{}
		}
		sums[folder] = sums[folder].Add(u)
		if u != nil {
			for _, x := range u.Unknown {
				why[folder][x]++
			}
		} else if sums[folder] == nil { sums[folder] = &finding.RowUse{} }
	})
	for _, f := range order {
		fmt.Printf("%-30s %d of %d\n", f, sums[f].Known, sums[f].Queries)
		for x, n := range why[f] {
			fmt.Printf("        %d %s\n", n, x)
		}
	}
}
