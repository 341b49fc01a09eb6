package proof

import (
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// A Case is a loop, and what is to become of it.
type Case struct {
	Name string
	Only []fingerprint.Dialect // the dialects that have it; all when empty

	Parent string // a SELECT, whose rows are the loop's turns
	Loop   string // what runs for each, with a ? for each of the parent's columns in order; values that do not differ are literals
	With   func(rewrite.Loop, rewrite.Parent) (*rewrite.Rewrite, error)
	Column string // of the parent, for joins

	Shape  rewrite.Shape
	Want   string                         // the statement for people, as MySQL and SQLite have it
	Wants  map[fingerprint.Dialect]string // and others, where it differs
	Refuse string                         // a part of the reason why there is no rewrite
}

func inSelect(l rewrite.Loop, _ rewrite.Parent) (*rewrite.Rewrite, error) { return rewrite.Select(l) }
func inWrite(l rewrite.Loop, _ rewrite.Parent) (*rewrite.Rewrite, error)  { return rewrite.Write(l) }

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
