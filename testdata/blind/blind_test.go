package blind_test

import (
	"flag"
	"fmt"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
	_ "github.com/nplusgone/nplusgone/nplusgonetest" // makes the source available to the rules
	"github.com/nplusgone/nplusgone/testdata/blind"
)

var (
	reportOnly = flag.Bool("report", false, "TestBlind: report the figures, and pass whatever they are")
	levels     = flag.Bool("levels", false, "TestBlind: print every finding; TestVerdicts: write findings of every level")
)

// TestBlind runs each case watched, in a scope of its own, and compares its findings with its labels. It fails if
// precision or recall is below its minimum, or if a case that runs bare returns an error when it is watched.
func TestBlind(t *testing.T) {
	score := newTally(readMarks(t))
	var lines []string
	eachCase(t, func(t *testing.T, folder string, c blind.Case) {
		found, err := watched(t, c)
		if *levels {
			for _, f := range found {
				lines = append(lines, fmt.Sprintf("finding: %s/%s: %s", folder, c.Name, describe(f)))
			}
		}
		lines = append(lines, score.add(folder, c, found, err)...)
	})
	for _, line := range append(lines, score.summary()...) {
		t.Log(line)
	}
	if fault := score.fault(); fault != "" && !*reportOnly {
		t.Error(fault)
	}
}

// watched runs c in a scope of its own and returns what is found in it. The error is that of the case.
func watched(t *testing.T, c blind.Case) ([]finding.Finding, error) {
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
	err = runCase(ctx, c, db)
	end()
	return w.Report().Findings, err
}

// describe returns rule, level, position and message of a finding.
func describe(f finding.Finding) string {
	level := f.Level.String()
	if f.Note != "" {
		level += ", a note: " + f.Note
	}
	return fmt.Sprintf("%s (%s) at %s: %s", f.Rule, level, positionOf(f), f.Message)
}
