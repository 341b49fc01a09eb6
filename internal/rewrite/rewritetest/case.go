package rewritetest

import (
	"slices"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// A Case is a loop and the rewrite that it must get.
type Case struct {
	Name string
	Only []fingerprint.Dialect // the dialects that understand it; all if empty

	Parent  string                                                       // a SELECT whose rows are the turns
	Loop    string                                                       // runs for each turn: ? or $n stands for the columns of the parent's row, literals are constant
	With    func(rewrite.Loop, rewrite.Parent) (*rewrite.Rewrite, error) // the function under test
	Facts   func(*rewrite.Loop)                                          // what else is known of the loop; nil for nothing
	Column  string                                                       // of the parent; for joins
	Compute func(rows [][]any) []any                                     // what the code computes of each result; nil for the rows themselves
	Key     []int                                                        // columns of the parent that are the key; nil for the values of role key
	Array   bool                                                         // each turn passes its only argument as an array of one

	Shape   rewrite.Shape
	Want    string                         // the statement for a report, as MySQL and SQLite have it
	Wants   map[fingerprint.Dialect]string // and others, where it differs
	Note    string                         // a part of the note
	Refuse  string                         // a part of the reason why there is no rewrite
	Repeats rewrite.Repeats
	Upsert  bool // PostgreSQL refuses keys that occur twice
	Fold    bool // the database ignores the case of the key
}

func (c Case) applies(d fingerprint.Dialect) bool {
	return len(c.Only) == 0 || slices.Contains(c.Only, d)
}

func (c Case) want(d fingerprint.Dialect) string {
	if w, ok := c.Wants[d]; ok {
		return w
	}
	return c.Want
}

func byKeys(l rewrite.Loop, _ rewrite.Parent) (*rewrite.Rewrite, error) { return rewrite.ByKeys(l) }
func count(l rewrite.Loop, _ rewrite.Parent) (*rewrite.Rewrite, error)  { return rewrite.CountByKey(l) }
func exists(l rewrite.Loop, _ rewrite.Parent) (*rewrite.Rewrite, error) {
	return rewrite.ExistsByKey(l)
}
func write(l rewrite.Loop, _ rewrite.Parent) (*rewrite.Rewrite, error) { return rewrite.Write(l) }

const (
	people   = "SELECT id FROM people ORDER BY id"
	posts    = "SELECT id FROM posts ORDER BY id"
	authors  = "SELECT author_id FROM posts ORDER BY id"
	newPosts = "SELECT id + 100, title FROM posts ORDER BY id"
)

var pg, my, lite = fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite

func on(d fingerprint.Dialect, want string) map[fingerprint.Dialect]string {
	return map[fingerprint.Dialect]string{d: want}
}

func only(d ...fingerprint.Dialect) []fingerprint.Dialect { return d }
