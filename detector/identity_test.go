package detector_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
)

// twoLoops has two loops with one statement in one function, and a third in another function.
const twoLoops = `scope GET /posts
source
loop handler.go:16-19 range
loop handler.go:26-29 range
loop other.go:16-19 range

stmt first   handler.go:17 ListPosts
	SELECT body FROM comments WHERE post_id = ?
stmt second  handler.go:27 ListPosts
	SELECT body FROM comments WHERE post_id = ?
stmt third   other.go:17 ListOthers
	SELECT body FROM comments WHERE post_id = ?

first 3
first 9
first 4
second 13
second 19
second 14
third 23
third 29
third 24
`

func identities(findings []finding.Finding) []string {
	var list []string
	for _, f := range findings {
		list = append(list, f.Identity)
	}
	return list
}

// Proves which edits keep the identity of a finding: moved lines, other counts and values, another scope, another file of the
// package.
func TestEditsThatKeepTheIdentity(t *testing.T) {
	want := identities(replay(t, twoLoops))
	if len(want) != 3 || len(slices.Compact(slices.Sorted(slices.Values(want)))) != 3 {
		t.Fatalf("the identities are %v, want three different identities", want)
	}
	for name, edit := range map[string]*strings.Replacer{
		"moved lines":      strings.NewReplacer(":16-19", ":116-119", ":17 ", ":117 ", ":26-29", ":126-129", ":27 ", ":127 "),
		"other counts":     strings.NewReplacer("first 4\n", "first 4\nfirst 44\nfirst 48\n"),
		"another scope":    strings.NewReplacer("GET /posts", "GET /blogs/{id}"),
		"another file":     strings.NewReplacer("handler.go", "posts.go"),
		"spacing of SQL":   strings.NewReplacer("SELECT body", "select  body"),
		"a function value": strings.NewReplacer("ListPosts", "ListPosts.func1"),
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, identities(replay(t, edit.Replace(twoLoops)))); diff != "" {
				t.Errorf("identities differ (-before +after):\n%s", diff)
			}
		})
	}
}

// Proves which edits change the identity of a finding: another function, and another fingerprint.
func TestEditsThatChangeTheIdentity(t *testing.T) {
	before := identities(replay(t, twoLoops))
	for name, edit := range map[string]*strings.Replacer{
		"another function":  strings.NewReplacer("ListPosts", "ShowPosts"),
		"another statement": strings.NewReplacer("SELECT body", "SELECT id, body"),
	} {
		t.Run(name, func(t *testing.T) {
			if after := identities(replay(t, edit.Replace(twoLoops))); after[0] == before[0] || after[1] == before[1] {
				t.Errorf("identities are %v before and %v after", before, after)
			}
		})
	}
}

// Proves that a finding of several statements has one member for each, so that fixing one of the statements keeps the members
// of the others.
func TestFixingOneStatementKeepsMembers(t *testing.T) {
	const text = `scope GET /posts
source
loop handler.go:16-21 range

stmt comments  handler.go:17 ListPosts
	SELECT body FROM comments WHERE post_id = ?
stmt tags      handler.go:18 ListPosts
	SELECT name FROM tags WHERE post_id = ?

comments 3
tags 3
comments 9
tags 9
comments 4
tags 4
`
	both := replay(t, text)
	one := replay(t, strings.NewReplacer("tags 3\n", "tags 3\n", "tags 9\n", "", "tags 4\n", "").Replace(text))
	if len(both) != 1 || len(one) != 1 || len(both[0].Members) != 2 || len(one[0].Members) != 1 {
		t.Fatalf("findings %v and %v, want one each, with two members and one", both, one)
	}
	if !slices.Contains(both[0].Members, one[0].Identity) {
		t.Errorf("%s is not among the members %v", one[0].Identity, both[0].Members)
	}
	if slices.Contains(both[0].Members, both[0].Identity) {
		t.Error("the identity of the finding is that of a member")
	}
}
