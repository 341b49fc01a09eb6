package fingerprint

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

// groups returns the corpus of a dialect.
func groups(tb testing.TB, d Dialect) []sqlcorpus.Group {
	tb.Helper()
	groups, err := sqlcorpus.Read(filepath.Join("..", "testdata", "fingerprint"), d.String())
	if err != nil {
		tb.Fatal(err)
	}
	return groups
}

var dialects = []Dialect{PostgreSQL, MySQL, SQLite, Unknown}

func TestCorpus(t *testing.T) {
	for _, d := range dialects {
		t.Run(d.String(), func(t *testing.T) {
			groups := groups(t, d)
			first := make(map[ID]int)
			for _, g := range groups {
				checkGroup(t, d, g)
				id := Parse(d, g.Texts[0].SQL).ID
				if line, ok := first[id]; ok {
					t.Errorf("%s.txt:%d: shares the fingerprint of the group at line %d", d, g.Line, line)
				}
				first[id] = g.Line
			}
			if len(groups) < leastGroups(d) {
				t.Errorf("%s.txt has %d groups, fewer than %d", d, len(groups), leastGroups(d))
			}
		})
	}
}

// leastGroups returns the least number of groups of a corpus.
func leastGroups(d Dialect) int {
	if d == Unknown {
		return 50
	}
	return 150
}

func checkGroup(t *testing.T, d Dialect, g sqlcorpus.Group) {
	t.Helper()
	shape := ""
	for i, text := range g.Texts {
		p := Parse(d, text.SQL)
		if i == 0 {
			shape = p.Text
			if g.Want != "" && g.Want != shape {
				t.Errorf("%s.txt:%d: normal form\n got %s\nwant %s", d, g.Line, shape, g.Want)
			}
		}
		if p.Text != shape {
			t.Errorf("%s.txt:%d: text %d has another fingerprint\n text %s\n  got %s\n want %s", d, g.Line, i+1, text.SQL, p.Text, shape)
		}
		for _, fact := range g.Facts {
			if got := factOf(p, fact[0]); got != fact[1] {
				t.Errorf("%s.txt:%d: text %d: %s\n got %s\nwant %s\n in %s", d, g.Line, i+1, fact[0], got, fact[1], p.Text)
			}
		}
		if again := Parse(d, p.Text); again.ID != p.ID {
			t.Errorf("%s.txt:%d: the normal form is not its own\n got %s\nfrom %s", d, g.Line, again.Text, p.Text)
		}
	}
}

// factOf returns a fact of p as the corpora have it, "-" for none.
func factOf(p *Parsed, name string) string {
	switch name {
	case "kind":
		return p.Facts.Kind.String()
	case "tables":
		return joined(p.Facts.Tables)
	case "writes":
		return joined(p.Facts.Writes)
	case "columns":
		return joined(p.Facts.Columns)
	case "aggregates":
		return joined(p.Facts.Aggregates)
	case "order":
		return joined(p.Facts.OrderBy)
	case "insert":
		return joined(p.Facts.InsertColumns)
	case "values":
		return describeValues(p.Facts.Values)
	case "set":
		return describeSet(p.Facts.Set)
	case "args":
		return describeBindings(p.Bindings)
	case "flags":
		return describeFlags(&p.Facts)
	case "source":
		return p.Facts.Source.String()
	case "statements":
		return fmt.Sprint(p.Facts.Statements)
	}
	return fmt.Sprintf("no fact is named %q", name)
}

func joined(items []string) string {
	if len(items) == 0 {
		return "-"
	}
	return strings.Join(items, " | ")
}

// describeValues returns each value as its role, table and column: "key posts.id", with "list" for one of a list, "in array"
// for one that holds several, and "of 3" for one of three alternatives.
func describeValues(values []Value) string {
	items := make([]string, len(values))
	for i, v := range values {
		items[i] = v.Role.String()
		if v.List {
			items[i] += " list"
		}
		switch {
		case v.Table != "":
			items[i] += " " + v.Table + "." + v.Column
		case v.Column != "":
			items[i] += " " + v.Column
		}
		if v.Container != ContainerNone {
			items[i] += " in " + v.Container.String()
		}
		if v.Alternatives > 0 {
			items[i] += fmt.Sprintf(" of %d", v.Alternatives)
		}
	}
	return joined(items)
}

func describeSet(set []Assignment) string {
	items := make([]string, len(set))
	for i, a := range set {
		items[i] = a.Column
		if a.FromSelf {
			items[i] += " from self"
		}
	}
	return joined(items)
}

// describeBindings returns the argument of each value, or "literal", its name, its arity when not 1, and its separator.
func describeBindings(bindings []Binding) string {
	items := make([]string, len(bindings))
	for i, b := range bindings {
		items[i] = "literal"
		if b.Arg >= 0 {
			items[i] = fmt.Sprint(b.Arg)
		}
		if b.Name != "" {
			items[i] += " " + b.Name
		}
		if b.Arity != 1 {
			items[i] += fmt.Sprintf(" x%d", b.Arity)
		}
		if b.Separator != 0 {
			items[i] += fmt.Sprintf(" by %q", string(b.Separator))
		}
	}
	return joined(items)
}

func describeFlags(f *Facts) string {
	var items []string
	for _, flag := range []struct {
		name string
		set  bool
	}{
		{"catalog", f.Catalog}, {"group", f.GroupBy}, {"distinct", f.Distinct}, {"limit", f.Limit}, {"offset", f.Offset},
		{"locking", f.Locking}, {"volatile", f.Volatile}, {"join", f.Join}, {"subquery", f.Subquery},
		{"compound", f.Compound}, {"recursive", f.Recursive}, {"upsert", f.Upsert}, {"returning", f.Returning},
	} {
		if flag.set {
			items = append(items, flag.name)
		}
	}
	return joined(items)
}
