package corpus_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/nplusgone/nplusgone/finding"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"

	_ "github.com/nplusgone/nplusgone/nplusgonetest"
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

// has the source at hand

var services = []struct {
	name  string
	cases func() []corpus.Case
}{
	{"shop", shop.Cases},
	{"cms", cms.Cases},
	{"chat", chat.Cases},
	{"worker", worker.Cases},
	{"importer", importer.Cases},
	{"analytics", analytics.Cases},
	{"syncjob", syncjob.Cases},
	{"tenants", tenants.Cases},
	{"graph", graph.Cases},
	{"admin", admin.Cases},
}

// TestCorpus runs each case in a scope of its own and compares what is found with what its label wants. Wants of rules
// that the detector does not have are counted apart, and so is what other rules say about the same lines.
func TestCorpus(t *testing.T) {
	marks := readMarks(t)
	var score tally
	for _, s := range services {
		for _, c := range s.cases() {
			name := s.name + "/" + c.Name
			found, err := run(t.Context(), c)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			score.add(t, name, c, found, marks)
		}
	}
	score.report(t)
}

var databases int

// run returns what is found in the scope of the case.
func run(ctx context.Context, c corpus.Case) (found []finding.Finding, err error) {
	databases++
	db, err := nplusgone.Open("sqlite3", fmt.Sprintf("file:corpus-%d?mode=memory&cache=shared&_busy_timeout=2000", databases))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	nplusgone.Ignore(ctx, func(ctx context.Context) { err = c.Setup(ctx, db) })
	if err != nil {
		return nil, err
	}
	w, err := nplusgone.New()
	if err != nil {
		return nil, err
	}
	ctx, end := w.Begin(ctx, c.Name)
	err = c.Run(ctx, db)
	end()
	return w.Report().Findings, err
}
