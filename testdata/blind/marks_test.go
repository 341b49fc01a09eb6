package blind_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

// marks are the rules that each marked line accepts, by "file:line" with the file relative to the module.
type marks map[string][]string

// A mark is one comment of a line: "// want loop: RULE…" at the author's first choice of a line, and
// "// also loop: RULE…" at a line that the author accepts as well.
var (
	mark     = regexp.MustCompile(`// (?:want|also) loop: ((?:[a-z-]+ ?)+?)(?: //|$)`)
	markLike = regexp.MustCompile(`// *(?:want|also)\b`)
)

func readMarks(t *testing.T) marks {
	t.Helper()
	found := marks{}
	for _, f := range folders {
		err := filepath.WalkDir(f.name, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for i, line := range strings.Split(string(text), "\n") {
				at := fmt.Sprintf("%s:%d", filepath.ToSlash(path), i+1)
				rules, ok := rulesOf(line)
				if !ok {
					t.Errorf("%s: cannot read the mark in: %s", at, line)
				}
				if rules != nil {
					found[at] = rules
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// rulesOf returns the rules that the marks of a line name. It returns false if the line has a mark that is not valid.
func rulesOf(line string) (rules []string, ok bool) {
	for line != "" {
		at := markLike.FindStringIndex(line)
		if at == nil {
			break
		}
		line = line[at[0]:]
		m := mark.FindStringSubmatchIndex(line)
		if m == nil || m[0] != 0 {
			return rules, false
		}
		for _, rule := range strings.Fields(line[m[2]:m[3]]) {
			if !slices.Contains(counted, rule) {
				return rules, false
			}
			rules = append(rules, rule)
		}
		line = line[m[3]:]
	}
	return rules, true
}

// TestMarks proves that the marks of a line are read as they are meant, and that an invalid mark is not skipped.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
		ok   bool
	}{
		{"for { // a loop", nil, true},
		{"for { // want loop: n-plus-one", []string{blind.NPlusOne}, true},
		{"for { // also loop: n-plus-one", []string{blind.NPlusOne}, true},
		{"for { // want loop: n-plus-one duplicate-query", []string{blind.NPlusOne, blind.Duplicate}, true},
		{"for { // want loop: n-plus-one // also loop: recursive-query", []string{blind.NPlusOne, blind.Recursive}, true},
		{"for { // want loop: n-plus-two", nil, false},
		{"for { // want: n-plus-one", nil, false},
		{"for { // want loop: n-plus-one // also: recursive-query", []string{blind.NPlusOne}, false},
	} {
		if got, ok := rulesOf(c.line); !slices.Equal(got, c.want) || ok != c.ok {
			t.Errorf("%s: got %q, %v; want %q, %v", c.line, got, ok, c.want, c.ok)
		}
	}
}

// TestLabels proves that each case is complete and unique, names rules that exist, and has a marked line for each want.
func TestLabels(t *testing.T) {
	all := readMarks(t)
	for _, f := range folders {
		var marked []string
		for at, rules := range all {
			if strings.HasPrefix(at, f.name+"/") {
				marked = append(marked, rules...)
			}
		}
		names := map[string]bool{}
		fire, quiet := map[string]int{}, map[string]int{}
		for _, c := range f.cases() {
			if len(c.Want) > 0 {
				fire[c.Driver]++
			} else {
				quiet[c.Driver]++
			}
			if c.Name == "" || c.Why == "" || c.Schema == "" || c.Run == nil || names[c.Name] {
				t.Errorf("%s/%s: not complete, or the name is not unique", f.name, c.Name)
			}
			names[c.Name] = true
			for _, rule := range slices.Concat(wantedRules(c), c.May) {
				if !slices.Contains(counted, rule) {
					t.Errorf("%s/%s: unknown rule %q", f.name, c.Name, rule)
				}
			}
			for _, want := range c.Want {
				if !slices.ContainsFunc(strings.Fields(want), func(rule string) bool { return slices.Contains(marked, rule) }) {
					t.Errorf("%s/%s: no line of the folder is marked for %s", f.name, c.Name, want)
				}
			}
		}
		t.Logf("%s (%s): fire %v, quiet %v", f.name, f.layer, fire, quiet)
	}
}
