package blind_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/testdata/blind"
	"github.com/nplusgone/nplusgone/testdata/corpus"
	"github.com/nplusgone/nplusgone/testdata/corpus/admin"
	"github.com/nplusgone/nplusgone/testdata/corpus/analytics"
	"github.com/nplusgone/nplusgone/testdata/corpus/chat"
	"github.com/nplusgone/nplusgone/testdata/corpus/cms"
	"github.com/nplusgone/nplusgone/testdata/corpus/graph"
	"github.com/nplusgone/nplusgone/testdata/corpus/importer"
	"github.com/nplusgone/nplusgone/testdata/corpus/shop"
	"github.com/nplusgone/nplusgone/testdata/corpus/syncjob"
	"github.com/nplusgone/nplusgone/testdata/corpus/tenants"
	"github.com/nplusgone/nplusgone/testdata/corpus/worker"
)

var verdicts = flag.String("verdicts", "", "TestVerdicts: write the findings of each case to this file")

var services = []struct {
	name  string
	cases func() []corpus.Case
}{
	{"admin", admin.Cases},
	{"analytics", analytics.Cases},
	{"chat", chat.Cases},
	{"cms", cms.Cases},
	{"graph", graph.Cases},
	{"importer", importer.Cases},
	{"shop", shop.Cases},
	{"syncjob", syncjob.Cases},
	{"tenants", tenants.Cases},
	{"worker", worker.Cases},
}

// TestVerdicts writes rule, level and position of the findings of each case, of this corpus and of testdata/corpus, to
// the file that -verdicts names. Two copies of the programs that rename made have the same verdicts if no verdict rests
// on an identifier: rename/compare compares them.
func TestVerdicts(t *testing.T) {
	if *verdicts == "" {
		t.Skip("-verdicts names no file")
	}
	var lines []string
	eachCase(t, func(t *testing.T, folder string, c blind.Case) {
		found, err := watched(t, c)
		lines = append(lines, verdictOf(folder+"/"+c.Name, found, err))
	})
	eachService(t, func(t *testing.T, name string, c corpus.Case) {
		w, err := nplusgone.New()
		if err != nil {
			t.Fatal(err)
		}
		err = runService(t, c, func(name, dsn string) (*sql.DB, error) { return nplusgone.Open(name, dsn) }, func(db *sql.DB) error {
			ctx, end := w.Begin(t.Context(), c.Name)
			defer end()
			return c.Run(ctx, db)
		})
		lines = append(lines, verdictOf("corpus/"+name+"/"+c.Name, w.Report().Findings, err))
	})
	slices.Sort(lines)
	if err := os.WriteFile(*verdicts, []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestBareServices proves that each case of testdata/corpus runs without an error when nothing watches it. In a renamed
// copy, that is the proof that renaming kept what the programs do.
func TestBareServices(t *testing.T) {
	eachService(t, func(t *testing.T, _ string, c corpus.Case) {
		err := runService(t, c, sql.Open, func(db *sql.DB) error {
			ctx, cancel := context.WithTimeout(t.Context(), caseTimeout)
			defer cancel()
			return c.Run(ctx, db)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// eachService runs a subtest for each case of testdata/corpus.
func eachService(t *testing.T, run func(t *testing.T, name string, c corpus.Case)) {
	t.Helper()
	for _, s := range services {
		for _, c := range s.cases() {
			t.Run("corpus/"+s.name+"/"+c.Name, func(t *testing.T) { run(t, s.name, c) })
		}
	}
}

// runService calls run with a database that open has opened, after an unwatched set-up of c in it.
func runService(t *testing.T, c corpus.Case, open func(name, dsn string) (*sql.DB, error), run func(*sql.DB) error) error {
	t.Helper()
	dsn := fmt.Sprintf("file:corpus-%d?mode=memory&cache=shared&_busy_timeout=2000", databases.Add(1))
	plain, err := sql.Open("sqlite3", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if err := c.Setup(t.Context(), plain); err != nil {
		t.Fatal(err)
	}
	db, err := open("sqlite3", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return run(db)
}

// verdictOf returns a line for each finding of a case, sorted, or one line that says that there is none. It leaves out
// messages, which quote identifiers.
func verdictOf(name string, found []finding.Finding, err error) string {
	var lines []string
	if err != nil {
		lines = append(lines, name+": error\n")
	}
	for _, f := range found {
		if *levels || f.Gates(finding.Likely) {
			level := f.Level.String()
			if f.Note != "" {
				level = "note"
			}
			at := strings.TrimPrefix(positionOf(f), "testdata/")
			lines = append(lines, fmt.Sprintf("%s: %s %s %s\n", name, f.Rule, level, at))
		}
	}
	if lines == nil {
		return name + ": nothing\n"
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}
