package rowuse_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
	_ "github.com/nplusgone/nplusgone/nplusgonetest" // makes the source available to the rules
	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

var reportOnly = flag.Bool("report", false, "report the figures, and pass whatever they are")

// What TestRowUse fails below.
const (
	minPrecision = 1.00 // of the findings at likely and above
	minRecall    = 0.95 // of the wanted findings, which count at suspect and above
	minKnown     = 0.85 // of the queries of each layer whose use of rows a rule asked for
)

// TestRowUse runs each case watched, in a scope of its own, and compares what is found with the labels.
func TestRowUse(t *testing.T) {
	var total figures
	for _, l := range layers {
		var sum figures
		for _, c := range l.cases() {
			t.Run(l.name+"/"+c.Name, func(t *testing.T) {
				found, use := watched(t, c)
				sum.add(judge(t, l.name, c, found))
				sum.use = sum.use.Add(use)
				if use != nil && len(use.Unknown) > 0 {
					t.Logf("not known: %s", strings.Join(use.Unknown, "; "))
				}
			})
		}
		t.Logf("%-12s %s", l.name, sum)
		if known := sum.known(); known < minKnown && !*reportOnly {
			t.Errorf("%s: the use of rows is known for %.2f of the queries, want %.2f", l.name, known, minKnown)
		}
		total.add(sum)
		total.use = total.use.Add(sum.use)
	}
	for _, rule := range slices.Sorted(maps.Keys(total.byRule)) {
		n := total.byRule[rule]
		t.Logf("%-22s %2d of %2d found", rule, n.hits, n.hits+n.misses)
	}
	t.Logf("%-12s %s", "all", total)
	t.Logf("precision=%.3f recall=%.3f scenarios=%d", total.precision(), total.recall(), total.cases)
	if *reportOnly {
		return
	}
	if total.precision() < minPrecision || total.recall() < minRecall {
		t.Errorf("want a precision of %.2f and a recall of %.2f", minPrecision, minRecall)
	}
}

// watched runs a case and returns what is found in it, and what is known of the use of its rows. The case must succeed as bare.
func watched(t *testing.T, c rowuse.Case) ([]finding.Finding, *finding.RowUse) {
	t.Helper()
	db, err := nplusgone.Open(c.Driver, seeded(t, c))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	w, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := w.Begin(t.Context(), c.Name)
	err = run(ctx, c, db)
	end()
	if err != nil {
		t.Errorf("the case returns an error: %v", err)
	}
	r := w.Report()
	return r.Findings, finding.NormalizeProfile(r.Profile).RowUse
}

// figures say how the findings of some cases compare with their labels.
type figures struct {
	cases, quiet int
	alarms       int // findings at likely and above that are not wanted
	suspects     int // suspects that are not wanted: they count neither way
	byRule       map[string]score
	use          *finding.RowUse
}

// A score counts the wanted findings of a rule.
type score struct{ hits, misses int }

// judge compares what was found in a case with its labels.
func judge(t *testing.T, layer string, c rowuse.Case, found []finding.Finding) figures {
	t.Helper()
	sum := figures{cases: 1, byRule: map[string]score{}}
	if len(c.Want) == 0 {
		sum.quiet = 1
	}
	hit := map[string]bool{}
	for _, f := range found {
		switch {
		case f.Note != "":
		case slices.Contains(c.Want, f.Rule):
			hit[f.Rule] = true
		case slices.Contains(c.May, f.Rule):
		case f.Gates(finding.Likely):
			sum.alarms++
			t.Logf("false alarm: %s/%s: want %q, got %s. Why: %s", layer, c.Name, c.Want, describe(f), c.Why)
		default:
			sum.suspects++
			t.Logf("suspect: %s/%s: want %q, got %s. Why: %s", layer, c.Name, c.Want, describe(f), c.Why)
		}
	}
	for _, rule := range c.Want {
		n := sum.byRule[rule]
		if hit[rule] {
			n.hits++
		} else {
			n.misses++
			t.Logf("miss: %s/%s: want %s. Why: %s", layer, c.Name, rule, c.Why)
		}
		sum.byRule[rule] = n
	}
	return sum
}

func describe(f finding.Finding) string {
	p := f.Position()
	return fmt.Sprintf("%s (%s) at %s:%d: %s", f.Rule, f.Level, p.File, p.Line, f.Message)
}

func (f *figures) add(g figures) {
	f.cases += g.cases
	f.quiet += g.quiet
	f.alarms += g.alarms
	f.suspects += g.suspects
	if f.byRule == nil {
		f.byRule = map[string]score{}
	}
	for rule, n := range g.byRule {
		sum := f.byRule[rule]
		f.byRule[rule] = score{sum.hits + n.hits, sum.misses + n.misses}
	}
}

func (f figures) all() (sum score) {
	for _, n := range f.byRule {
		sum.hits += n.hits
		sum.misses += n.misses
	}
	return sum
}

func (f figures) precision() float64 { return ratio(f.all().hits, f.all().hits+f.alarms) }

func (f figures) recall() float64 { return ratio(f.all().hits, f.all().hits+f.all().misses) }

func (f figures) known() float64 {
	if f.use == nil {
		return 1
	}
	return ratio(f.use.Known, f.use.Queries)
}

func (f figures) String() string {
	sum := f.all()
	use := finding.RowUse{}
	if f.use != nil {
		use = *f.use
	}
	return fmt.Sprintf("%3d fire, %3d quiet: %3d hits, %2d misses, %2d false alarms, %2d unwanted suspects; use of rows known for %d of %d queries",
		f.cases-f.quiet, f.quiet, sum.hits, sum.misses, f.alarms, f.suspects, use.Known, use.Queries)
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}
