package merge_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/merge"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

// Proves that what runs and documents did not check, could not read and set aside is merged, each once, with the package
// that it is about, and that merging the result again changes nothing.
func TestLimitsAreMerged(t *testing.T) {
	run := func(pkg string) string {
		var out bytes.Buffer
		w := merge.NewRunWriter(&out, merge.Start{ID: pkg, Package: pkg, Main: true})
		w.Scope(finding.ScopeProfile{
			Name: "TestA", Scopes: 1, Statements: 9, UnreadTypes: []string{"shop.Money", "uuid.UUIDs"}, NotChecked: []string{"a rule panicked"},
		}, []finding.Finding{samples.CachedUsers(), samples.SeededTags()})
		w.Scope(finding.ScopeProfile{Name: "TestA", Scopes: 1, Statements: 9, UnreadTypes: []string{"shop.Money", "shop.Date"}}, []finding.Finding{samples.CachedUsers()})
		if err := w.End(merge.End{NotChecked: []string{"2 scopes were not ended"}}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	document := written(t, "json", &report.Document{
		Findings: []finding.Finding{samples.CachedUsers()},
		Profile:  finding.Profile{UnreadTypes: []string{"shop.Money", "net.IP"}, NotChecked: []string{"GET /x: a rule panicked"}},
	}, report.Options{})
	doc := collected(t, run("example.com/a"), run("example.com/b"), document)
	again := collected(t, written(t, "json", doc, report.Options{}), document)
	for name, doc := range map[string]*report.Document{"merged": doc, "merged again": again} {
		p := doc.Profile
		if diff := cmp.Diff([]string{"net.IP", "shop.Date", "shop.Money", "uuid.UUIDs"}, p.UnreadTypes); diff != "" {
			t.Errorf("%s: unread types (-want +got):\n%s", name, diff)
		}
		want := []string{
			"GET /x: a rule panicked", "TestA of example.com/a: a rule panicked", "TestA of example.com/b: a rule panicked",
			"example.com/a: 2 scopes were not ended", "example.com/b: 2 scopes were not ended",
		}
		if diff := cmp.Diff(want, p.NotChecked); diff != "" {
			t.Errorf("%s: not checked (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(want, doc.Incomplete()); diff != "" {
			t.Errorf("%s: incomplete (-want +got):\n%s", name, diff)
		}
		for _, s := range p.Scopes {
			if diff := cmp.Diff([]string{"shop.Date", "shop.Money", "uuid.UUIDs"}, s.UnreadTypes); diff != "" || len(s.NotChecked) != 1 {
				t.Errorf("%s: %s: not checked %q, unread types (-want +got):\n%s", name, s.Title(), s.NotChecked, diff)
			}
		}
		text := written(t, "text", doc, report.Options{})
		if !strings.Contains(text, "\n2 findings set aside: 1 cache, 1 test-data\n") {
			t.Errorf("%s: the text ends with %q", name, text[max(len(text)-300, 0):])
		}
	}
	c := merge.NewCollection()
	defer c.Close()
	if err := c.Add(strings.NewReader(run("example.com/a")), "a run"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := c.Write(&out, "json", report.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"mitigation": "cache"`, `"mitigation": "test-data"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the JSON of a collection does not have %s", want)
		}
	}
}
