package cases

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var prefixes = flag.String("case", "", "TestCases: run only cases whose folders start with one of these comma-separated `prefixes`")

// atOnce is how many test binaries run at the same time.
const atOnce = 2

// TestCases proves that each case is reported as its want file says. It logs the figures of all cases at the end.
func TestCases(t *testing.T) {
	cases := selected(t)
	wants := map[string][]want{}
	for _, c := range cases {
		list, err := readWants(c)
		if err != nil {
			t.Fatal(err)
		}
		if *zero {
			list = slices.DeleteFunc(list, func(w want) bool { return !inZero(w) })
		}
		wants[c] = list
	}
	build, err := buildAll(t.TempDir(), cases)
	if err != nil {
		t.Fatal(err)
	}
	runs := startAll(build, cases, wants)
	var total figures
	for _, c := range cases {
		for _, w := range wants[c] {
			r := runs[w.process()].wait()
			faults := total.add(w, r)
			if list := r.inferred(); *zero && len(list) > 0 {
				t.Logf("%s %s: a loop is inferred: %s", c, w.test, strings.Join(list, "; "))
				if measuredCases[c] {
					t.Errorf("%s %s: a loop is inferred and not measured", c, w.test)
				}
			}
			if len(faults) > 0 {
				t.Errorf("%s %s: want %s; %s", c, w.test, w.text, strings.Join(faults, "; "))
			}
		}
	}
	t.Logf("cases=%d tests=%d right=%d wrong=%d", len(cases), total.tests, total.tests-total.wrong, total.wrong)
	t.Logf("precision=%.3f recall=%.3f scenarios=%d", total.precision(), total.recall(), total.tests)
}

// selected returns the folders of the cases that -case selects, sorted.
func selected(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		if _, err := os.Stat(e.Name() + "/want"); err == nil {
			all = append(all, e.Name())
		}
	}
	if *prefixes == "" {
		return all
	}
	var cases []string
	for prefix := range strings.SplitSeq(*prefixes, ",") {
		n := len(cases)
		for _, c := range all {
			if strings.HasPrefix(c, strings.TrimSuffix(prefix, "/")) {
				cases = append(cases, c)
			}
		}
		if len(cases) == n {
			t.Fatalf("no case starts with %q", prefix)
		}
	}
	slices.Sort(cases)
	return slices.Compact(cases)
}
