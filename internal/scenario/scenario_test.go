package scenario

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// textbook is the scenario of the package's documentation.
const textbook = `# Three posts, and one query for the comments of each.

scope GET /posts
source
loop handler.go:16-19 range
flows handler.go:12 -> handler.go:16

stmt posts     store.go:10 (*Store).Posts < handler.go:12 ListPosts
	SELECT id, title FROM posts LIMIT 3
stmt comments  store.go:20 (*Store).Comments < handler.go:17 ListPosts
	SELECT body FROM comments WHERE post_id = ?

posts -> (1 'Hello') (2 'On tea') (3 'Bye')
comments 1 -> 'nice' 'thanks'
comments 2 -> 'me too'
comments 3
-- want --
handler.go:16: n-plus-one (proven): 3 queries, one per row; 1 would be enough
	parent:
`

func render(t *testing.T, text string) (*Scenario, string) {
	t.Helper()
	s, err := Parse("x.txtar", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	findings, err := s.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, s.Render(findings)
}

// Proves that the scenario of the documentation finds what it says, with the one detail that it asks for.
func TestTextbookScenario(t *testing.T) {
	s, got := render(t, textbook)
	want := strings.Replace(s.Want, "\tparent:", "\tparent: store.go:10 id of SELECT id, title FROM posts LIMIT ?", 1)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings differ (-want +got):\n%s", diff)
	}
	if want := "Three posts, and one query for the comments of each."; s.Doc != want {
		t.Errorf("Doc is %q, want %q", s.Doc, want)
	}
}

// Proves that a file may have the line ends of Windows.
func TestLineEndsOfWindows(t *testing.T) {
	_, want := render(t, textbook)
	if _, got := render(t, strings.ReplaceAll(textbook, "\n", "\r\n")); got != want {
		t.Errorf("findings differ (-want +got):\n%s", cmp.Diff(want, got))
	}
}

// Proves that only the part with the findings is written again.
func TestFormatKeepsTheScenario(t *testing.T) {
	s, _ := render(t, textbook)
	before, _, _ := strings.Cut(textbook, "-- want --\n")
	if diff := cmp.Diff(before+"-- want --\nnothing\n", string(s.Format("nothing\n"))); diff != "" {
		t.Errorf("texts differ (-want +got):\n%s", diff)
	}
}

// Proves that a replay is the same each time: it keeps nothing.
func TestRunTwice(t *testing.T) {
	s, first := render(t, textbook)
	findings, err := s.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, s.Render(findings)); diff != "" {
		t.Errorf("the second run differs (-first +second):\n%s", diff)
	}
}

// Proves that what cannot be read is refused, with the file and the line.
func TestMistakesNameTheirLine(t *testing.T) {
	const stmt = "stmt posts a.go:1 F\n\tSELECT id FROM posts\n"
	for _, tt := range []struct{ name, text, want string }{
		{"an unknown word", "scope x\nfrobnicate 1\n", `x.txtar:2: unknown word "frobnicate", and no stmt of that name`},
		{"an execution without a scope", stmt + "posts\n", "x.txtar:3: posts runs outside of a scope"},
		{"a statement without SQL", "scope x\nstmt posts a.go:1 F\nposts\n", "x.txtar:3: posts has no SQL"},
		{"a statement that never runs", "scope x\n" + stmt, "x.txtar:2: posts never runs"},
		{"a name that means something", "scope x\nstmt loop a.go:1 F\n", `x.txtar:2: the name "loop" is taken`},
		{"two statements of one name", stmt + stmt, `x.txtar:3: the name "posts" is taken`},
		{"two texts of one statement", stmt + "\tSELECT 1\n", "x.txtar:3: posts has its SQL already"},
		{"a stack without a line", "stmt posts a.go F\n", `x.txtar:1: want a place as FILE:LINE, not "a.go"`},
		{"a stack without a function", "stmt posts a.go:1 F < b.go:2\n", `x.txtar:1: want a call as FILE:LINE FUNCTION, not "b.go:2"`},
		{"a loop without source", "loop a.go:1-3 range\n", "x.txtar:1: a loop is what the source says: want a source line before it"},
		{"a flow without source", "flows a.go:1 -> a.go:3\n", "x.txtar:1: a flow is what the source says: want a source line before it"},
		{"a generated file without source", "generated a.go\n", "x.txtar:1: that a file is generated is what the source says: want a source line before it"},
		{"a loop without an end", "source\nloop a.go:1 range\n", `x.txtar:2: want the loop's lines as FROM-TO, not "a.go:1"`},
		{"a loop that ends before it begins", "source\nloop a.go:4-3 range\n", `x.txtar:2: want the loop's lines as FROM-TO, not "a.go:4-3"`},
		{"a loop of no kind", "source\nloop a.go:1-3 until\n", `x.txtar:2: unknown kind of loop "until" (want range, counter, while or forever)`},
		{"a loop with a strange flag", "source\nloop a.go:1-3 range odd\n", `x.txtar:2: unknown flag "odd" of a loop (want constant, waits, retries, searches, receives, passes, exits, cached or effect:LINE)`},
		{"a flow to nowhere", "source\nflows a.go:1\n", "x.txtar:2: want flows FILE:LINE -> FILE:LINE"},
		{"a row too short", "scope x\n" + stmt + "posts -> (1 2)\n", `x.txtar:4: posts has the columns ["id"], but a row of 2 values`},
		{"a row that does not end", "scope x\n" + stmt + "posts -> (1\n", "x.txtar:4: a row does not end"},
		{"a quote that does not end", "scope x\n" + stmt + "posts 'a\n", `x.txtar:4: cannot read "'a": a quote that does not end?`},
		{"an open result that runs again", "scope x\n" + stmt + "posts -> 1 ...\nposts\n", "x.txtar:5: the result of posts is open: want posts ... and its rows"},
		{"too many literals", "scope x\nstmt p a.go:1 F\n\tSELECT id FROM posts WHERE id = {}\np 1 2\n", "x.txtar:4: p has 1 places to fill, not 2"},
		{"a dialect too late", stmt + "dialect sqlite\n", "x.txtar:3: the dialect is before the first stmt"},
		{"a transaction in a transaction", "begin\nbegin\n", "x.txtar:2: a transaction has begun already"},
		{"the end of no transaction", "end\n", "x.txtar:1: no transaction has begun"},
		{"a pause of no length", "pause long\n", `x.txtar:1: time: invalid duration "long"`},
		{"a line that belongs to nothing", "scope x\n\tSELECT 1\n", "x.txtar:2: an indented line belongs to a stmt"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("x.txtar", []byte(tt.text))
			if err == nil || err.Error() != tt.want {
				t.Errorf("error differs\n got %v\nwant %s", err, tt.want)
			}
		})
	}
}
