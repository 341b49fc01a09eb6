package nplusgonetest_test

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"github.com/nplusgone/nplusgone/testdata/tips"
)

// Proves that n-plus-one is proven only if the arguments come from an earlier result.
func TestOnlyArgumentsOfAnEarlierResultAreProven(t *testing.T) {
	for _, o := range tips.Origins() {
		t.Run(o.Name, func(t *testing.T) {
			r := &recorder{T: t}
			db := database(t)
			if err := o.Run(nplusgonetest.Test(r, nplusgone.WithRules("n-plus-one")), db); err != nil {
				t.Fatal(err)
			}
			r.end()
			if len(r.errors) != 1 || !strings.Contains(r.errors[0], "n-plus-one (") {
				t.Fatalf("failed with %q, want one n-plus-one", r.errors)
			}
			if got := strings.Contains(r.errors[0], "n-plus-one (proven)"); got != o.Proven {
				t.Errorf("proven is %v, want %v:\n%s", got, o.Proven, r.errors[0])
			}
		})
	}
}
