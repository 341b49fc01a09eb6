package detector

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nplusgone/nplusgone/finding"
)

// Proves that scopes of one name are summed up, the slowest name first, with the statements that took longest and those that
// ran most often within one scope.
func TestProfile(t *testing.T) {
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	run := func(name string, work func(s *Scope)) {
		ctx, s := d.Begin(t.Context(), name)
		work(s)
		s.End(ctx)
	}
	slow := func(s *Scope) {
		st := statement("SELECT id FROM posts", 10)
		st.Duration = 500 * time.Millisecond
		query(s, st, "id", int64(1), int64(2))
	}
	run("GET /posts", func(s *Scope) { slow(s); repeatedly(s, 4) })
	run("GET /posts", func(s *Scope) { slow(s); repeatedly(s, 2) })
	run("GET /health", func(s *Scope) { query(s, statement("SELECT 1", 30), "one", int64(1)) })
	p := d.Profile()
	if len(p.Scopes) != 2 || p.Scopes[0].Name != "GET /posts" || p.Scopes[1].Name != "GET /health" {
		t.Fatalf("the scopes are %+v", p.Scopes)
	}
	posts := p.Scopes[0]
	if posts.Scopes != 2 || posts.Statements != 8 || posts.Rows != 10 || posts.Errors != 0 || posts.Milliseconds != 1006 {
		t.Errorf("the sums are %+v", posts)
	}
	if got := posts.Slowest[0]; !strings.Contains(got.Text, "FROM posts") || got.Count != 2 || got.Milliseconds != 1000 || got.CallSite.Line != 10 {
		t.Errorf("the slowest statement is %+v", got)
	}
	if len(posts.Repeated) != 1 || posts.Repeated[0].Count != 6 || posts.Repeated[0].CallSite.Line != 17 {
		t.Errorf("the repeated statements are %+v", posts.Repeated)
	}
	if health := p.Scopes[1]; health.Statements != 1 || health.Rows != 1 || len(health.Slowest) != 0 {
		t.Errorf("a statement without a table is more than counted: %+v", health)
	}
}

// Proves that equal findings of several scopes are one, with the highest count of them.
func TestFindingsOfManyScopes(t *testing.T) {
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{3, 5, 4} {
		ctx, s := d.Begin(t.Context(), "GET /posts")
		repeatedly(s, n)
		s.End(ctx)
	}
	if got := d.Findings(); len(got) != 1 || got[0].Count != 5 {
		t.Errorf("the findings are %+v, want one of 5 statements", got)
	}
}

// Proves that the number of scope names is limited, and that the scopes beyond the limit are counted.
func TestScopeNamesHaveALimit(t *testing.T) {
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for n := range maxScopeNames + 10 {
		ctx, s := d.Begin(t.Context(), strconv.Itoa(n))
		query(s, statement("SELECT id FROM posts", 10), "id")
		s.End(ctx)
	}
	scopes := d.Profile().Scopes
	if len(scopes) != maxScopeNames+1 {
		t.Errorf("%d names are kept, want %d", len(scopes), maxScopeNames+1)
	}
	other := slices.IndexFunc(scopes, func(s finding.ScopeProfile) bool { return s.Name == otherScopes })
	if other < 0 || scopes[other].Scopes != 10 || scopes[other].Statements != 10 {
		t.Errorf("the other scopes are at %d of %d, want 10 scopes with 10 statements", other, len(scopes))
	}
}
