package analysis

import (
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// Proves when a column's name is the second reason: it must point at the table and key that the child compares.
func TestNamesKey(t *testing.T) {
	key := func(table, column string) fingerprint.Value { return fingerprint.Value{Table: table, Column: column} }
	posts := []string{"posts"}
	for _, tt := range []struct {
		name   string
		tables []string // of the parent
		column string   // of its result
		key    fingerprint.Value
		want   bool
	}{
		{"a foreign key to its table", posts, "author_id", key("authors", "id"), true},
		{"a foreign key to its table, in capitals", posts, "AUTHOR_ID", key("Authors", "ID"), true},
		{"a foreign key without an underline", posts, "authorid", key("authors", "id"), true},
		{"a foreign key to a table with a prefix", posts, "author_id", key("blog_authors", "id"), true},
		{"a foreign key to a table of a schema", posts, "author_id", key("blog.authors", "id"), true},
		{"a foreign key with a prefix", posts, "first_author_id", key("authors", "id"), true},
		{"a foreign key to a plural in -ies", posts, "category_id", key("categories", "id"), true},
		{"a foreign key to a plural in -es", posts, "box_id", key("boxes", "id"), true},
		{"a foreign key of UUIDs", posts, "author_uuid", key("authors", "uuid"), true},
		{"a foreign key to another table", posts, "author_id", key("editors", "id"), false},
		{"an id to the foreign key of it", posts, "id", key("comments", "post_id"), true},
		{"an id to the foreign key of another table", []string{"tags"}, "id", key("comments", "post_id"), false},
		{"an id to the foreign key of one of two joined tables", []string{"tags", "posts"}, "id", key("comments", "post_id"), true},
		{"an id to the id of the same table", posts, "id", key("posts", "id"), true},
		{"an id to the id of another table", posts, "id", key("tags", "id"), false},
		{"a uuid to the uuid of the same table", posts, "uuid", key("posts", "uuid"), true},
		{"a rowid to the rowid of the same table", posts, "rowid", key("posts", "rowid"), true},
		{"a uuid to the uuid of another table", posts, "uuid", key("tags", "uuid"), false},
		{"one specific name on both sides", posts, "slug", key("redirects", "slug"), true},
		{"one foreign key on both sides", posts, "tenant_id", key("orders", "tenant_id"), true},
		{"two specific names", posts, "slug", key("redirects", "path"), false},
		{"a word that merely ends in id", posts, "paid", key("payments", "id"), false},
		{"no known column", posts, "id", key("comments", ""), false},
		{"no known table", posts, "author_id", key("", "id"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := namesKey(tt.tables, tt.column, tt.key); got != tt.want {
				t.Errorf("%s of %v names %s.%s: %v, want %v", tt.column, tt.tables, tt.key.Table, tt.key.Column, got, tt.want)
			}
		})
	}
}
