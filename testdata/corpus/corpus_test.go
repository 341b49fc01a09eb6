package corpus_test

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/detector"
	_ "github.com/nplusgone/nplusgone/nplusgonetest" // has the source at hand
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

// minRecall is the share of wanted findings below which the corpus fails. One false alarm fails it at any share.
const minRecall = 0.95

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
func run(ctx context.Context, c corpus.Case) (found []detector.Finding, err error) {
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
	// A server serves each request on a goroutine of its own; on this one, the loop over the cases would enclose it.
	served := make(chan error)
	go func() {
		ctx, end := w.Begin(ctx, c.Name)
		err := c.Run(ctx, db)
		end()
		served <- err
	}()
	err = <-served
	return w.Report().Findings, err
}

// A tally sums up how the findings compare with the labels.
type tally struct {
	scenarios, firing, quiet int
	hits, misses, alarms     int
	unbuilt, noContext       int // wants of rules that are not built; misses without a context
}

func (s *tally) add(t *testing.T, name string, c corpus.Case, found []detector.Finding, marks marks) {
	t.Helper()
	s.scenarios++
	if len(c.Want) > 0 {
		s.firing++
	} else {
		s.quiet++
	}
	if c.Why == "" || c.Name == "" {
		t.Errorf("%s: a case needs a name and a reason", name)
	}
	hit := map[string]bool{}
	for _, f := range found {
		if !f.Gates(detector.Likely) {
			continue
		}
		place := f.Place()
		at := marks[fmt.Sprintf("%s:%d", place.File, place.Line)]
		switch {
		case slices.Contains(c.Want, f.Rule) && (slices.Contains(at, f.Rule) || f.Rule == corpus.Duplicate && f.Loop == nil):
			hit[f.Rule] = true
		case slices.Contains(c.May, f.Rule):
		case slices.ContainsFunc(at, func(rule string) bool { return slices.Contains(c.Want, rule) && !built(rule) }):
			// The rule that this line wants is not there yet; what another one says of it is not wrong.
		default:
			s.alarms++
			kind := "false alarm"
			if slices.Contains(c.Want, f.Rule) {
				kind = "wrong line"
			}
			t.Errorf(kind+": %s: want %q, got %s (%v) at %s:%d: %s\n\t%s", name, c.Want, f.Rule, f.Level, place.File, place.Line, f.Message, c.Why)
		}
	}
	for _, rule := range c.Want {
		switch {
		case hit[rule]:
			s.hits++
		case !built(rule):
			s.unbuilt++
		default:
			s.misses++
			if c.NoContext {
				s.noContext++
			}
			t.Logf("miss: %s: want %s, got %s (context handed on: %v)\n\t%s", name, rule, summary(found), !c.NoContext, c.Why)
		}
	}
}

func (s *tally) report(t *testing.T) {
	t.Helper()
	precision, recall := ratio(s.hits, s.hits+s.alarms), ratio(s.hits, s.hits+s.misses)
	if recall < minRecall {
		t.Errorf("recall %.3f, want %.2f or more", recall, minRecall)
	}
	t.Logf("%d fire, %d quiet; %d hits, %d misses (%d of them without a context), %d false alarms; %d wants of rules that are not built",
		s.firing, s.quiet, s.hits, s.misses, s.noContext, s.alarms, s.unbuilt)
	t.Logf("precision=%.3f recall=%.3f scenarios=%d", precision, recall, s.scenarios)
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func built(rule string) bool {
	_, ok := detector.RuleNamed(rule)
	return ok
}

func summary(found []detector.Finding) string {
	if len(found) == 0 {
		return "nothing"
	}
	var parts []string
	for _, f := range found {
		level := f.Level.String()
		if f.Note != "" {
			level = "a note: " + f.Note
		}
		parts = append(parts, fmt.Sprintf("%s (%s) at %s:%d", f.Rule, level, f.Place().File, f.Place().Line))
	}
	return strings.Join(parts, ", ")
}

// marks are the rules that lines of the corpus want, by "file:line" relative to the module.
type marks map[string][]string

var wantLoop = regexp.MustCompile(`// want loop: ([a-z -]+)$`)

func readMarks(t *testing.T) marks {
	t.Helper()
	found := marks{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for n := 1; lines.Scan(); n++ {
			if m := wantLoop.FindStringSubmatch(lines.Text()); m != nil {
				found["testdata/corpus/"+filepath.ToSlash(path)+":"+strconv.Itoa(n)] = strings.Fields(m[1])
			}
		}
		return lines.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
