package baseline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
)

func ofMembers(count int, members ...string) *finding.Finding {
	f := &finding.Finding{
		Rule: "n-plus-one", Level: finding.Proven, Identity: strings.Join(members, "+"), Members: members, Count: count,
		Scope: "TestList", Package: "example.com/shop", Loop: &finding.Position{File: "list.go", Line: 9, Function: "shop.List"},
	}
	return f
}

// Proves that a finding is known when all its members have an entry and its count is within the ceiling.
func TestAFindingIsKnownWhenAllItsMembersAre(t *testing.T) {
	b := New()
	b.Add(ofMembers(60, "a", "b", "c"), 0)
	b.Add(ofMembers(20, "d"), 20)
	for _, tt := range []struct {
		name string
		f    *finding.Finding
		want Verdict
	}{
		{"as it was", ofMembers(60, "a", "b", "c"), Known},
		{"one of them fixed", ofMembers(40, "a", "c"), Known},
		{"one left", ofMembers(20, "b"), Known},
		{"more of it, without a ceiling", ofMembers(6000, "a", "b", "c"), Known},
		{"one more", ofMembers(80, "a", "b", "c", "e"), Partly},
		{"another one", ofMembers(20, "e"), Unknown},
		{"none at all", &finding.Finding{}, Unknown},
		{"at its ceiling", ofMembers(20, "d"), Known},
		{"above its ceiling", ofMembers(21, "d"), Over},
		{"above it in all runs together only", func() *finding.Finding { f := ofMembers(60, "d"); f.Worst = 20; return f }(), Known},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, _ := b.Look(tt.f)
			if got != tt.want || (b.Why(tt.f) != "") != (tt.want == Known) {
				t.Errorf("got %v and %q, want %v", got, b.Why(tt.f), tt.want)
			}
		})
	}
}

// Proves that an entry is stale only if the run could have found it.
func TestOnlyWhatARunCoveredIsStale(t *testing.T) {
	scopes := func(pkg string, names ...string) (p finding.Profile) {
		for _, name := range names {
			p.Scopes = append(p.Scopes, finding.ScopeProfile{Name: name, Package: pkg})
		}
		return p
	}
	const pkg = "example.com/shop"
	for _, tt := range []struct {
		name    string
		seen    *finding.Finding
		profile finding.Profile
		runs    []finding.TestRun
		want    int
	}{
		{"nothing ran", nil, finding.Profile{}, nil, 0},
		{"its scope ran and did not find it", nil, scopes(pkg, "TestList"), nil, 1},
		{"its scope ran and found it as a suspicion", &finding.Finding{Members: []string{"a"}, Level: finding.Suspect}, scopes(pkg, "TestList"), nil, 0},
		{"another scope of its package ran", nil, scopes(pkg, "TestOther"), []finding.TestRun{{Package: pkg}}, 0},
		{"a scope of that name ran elsewhere", nil, scopes("example.com/cart", "TestList"), nil, 0},
		{"its package ran whole, without its scope", nil, scopes(pkg, "TestOther"), []finding.TestRun{{Package: pkg, Whole: true}}, 1},
		{"its package ran whole in one shard and did not end in another", nil, scopes(pkg, "TestOther"), []finding.TestRun{{Package: pkg, Whole: true, Missing: "x"}}, 0},
		{"its scope ran and was not checked", nil, finding.Profile{Scopes: []finding.ScopeProfile{{Name: "TestList", Package: pkg, NotChecked: []string{"x"}}}}, nil, 0},
		{"its package ran whole and something was not checked", nil, finding.Profile{NotChecked: []string{"x"}}, []finding.TestRun{{Package: pkg, Whole: true}}, 0},
		{"another package ran whole", nil, finding.Profile{}, []finding.TestRun{{Package: "example.com/cart", Whole: true}}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := New()
			b.Add(ofMembers(3, "a"), 0)
			if tt.seen != nil {
				b.See(tt.seen)
			}
			if got := b.Stale(tt.profile, tt.runs); len(got) != tt.want {
				t.Errorf("stale: %+v, want %d", got, tt.want)
			}
		})
	}
}

// Proves that the file does not depend on the order of adding, has an entry per line, is read as written, keeps reasons and
// ceilings, and may have the entries of two branches.
func TestTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b")
	write := func(order ...string) string {
		b := New()
		for _, id := range order {
			b.Add(ofMembers(3, id), 0)
		}
		if err := b.Write(path); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	text := write("b", "a", "c")
	if diff := cmp.Diff(text, write("c", "b", "a")); diff != "" {
		t.Errorf("the file depends on the order:\n%s", diff)
	}
	want := `{"file":"list.go","function":"shop.List","rule":"n-plus-one","identity":"a","package":"example.com/shop","scope":"TestList"}`
	if lines := strings.Split(text, "\n"); len(lines) != 5 || lines[1] != want {
		t.Errorf("got %s", text)
	}
	edited := strings.Replace(text, `"identity":"a"`, `"identity":"a","max":7,"reason":"legacy"`, 1) + strings.Replace(want, `"a"`, `"z"`, 1) + "\n\n"
	b, err := parse(strings.NewReader(edited), "b")
	if err != nil {
		t.Fatal(err)
	}
	b.Add(ofMembers(3, "a"), 0)
	if e := b.Entries()[0]; b.Len() != 4 || e.Max != 7 || e.Reason != "legacy" {
		t.Errorf("got %+v", b.Entries())
	}
	b.Remove(b.Entries()[:1])
	if b.Len() != 3 {
		t.Errorf("%d entries, want 3", b.Len())
	}
}

// Proves that the error for a file that is not a baseline has the line and the next step.
func TestFilesThatAreNotABaseline(t *testing.T) {
	const head = "{\"schema\":\"nplusgone.baseline/v1\"}\n"
	for text, want := range map[string]string{
		"":                                       "its first line is not",
		"{}\n":                                   "no identity",
		head + "{\"identity\":1}":                "in line 2",
		head + "no JSON":                         "in line 2",
		head + "<<<<<<< HEAD\n":                  "merge conflict in line 2",
		head + "{\"identity\":\"a\",\"max\":-1}": "below 0",
		"{\"schema\":\"nplusgone.baseline/v2\"}\n": "update nplusgone",
	} {
		if _, err := parse(strings.NewReader(text), "b"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one that says %q", text, err, want)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}
