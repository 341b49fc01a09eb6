package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/printable"
)

// Proves where a statement that is shown to be copied is broken into lines, and where not.
func TestWrapSQL(t *testing.T) {
	long := strings.Repeat("column_name, ", 8) + "last"
	for _, test := range []struct {
		name string
		sql  string
		want []string
	}{
		{"empty", " ", nil},
		{"short", "SELECT a FROM t WHERE id IN (?, ?, …)", []string{"SELECT a FROM t WHERE id IN (?, ?, …)"}},
		{"lines of its own", "SELECT a\n\tFROM t\r\n", []string{"SELECT a", "    FROM t"}},
		{"a line a clause", "SELECT posts.id, posts.title FROM posts LEFT OUTER JOIN users ON users.id = posts.author_id WHERE (SELECT 1 FROM x) ORDER BY id",
			[]string{"SELECT posts.id, posts.title", "FROM posts", "LEFT OUTER JOIN users ON users.id = posts.author_id", "WHERE (SELECT 1 FROM x)", "ORDER BY id"}},
		{"DELETE FROM stays together", "DELETE FROM post_tags WHERE post_id IN (SELECT id FROM posts WHERE author_id = ?) AND tag_id IN (?, ?, …)",
			[]string{"DELETE FROM post_tags", "WHERE post_id IN (SELECT id FROM posts WHERE author_id = ?) AND tag_id IN (?, ?, …)"}},
		{"a long clause after commas", "SELECT " + long, []string{
			"SELECT column_name, column_name, column_name, column_name, column_name, column_name,", "    column_name, column_name, last",
		}},
		{"nothing inside quotes", `SELECT "a FROM b, c" AS "` + strings.Repeat("x, ", 40) + `" FROM t`,
			[]string{`SELECT "a FROM b, c" AS "` + strings.Repeat("x, ", 40) + `"`, "FROM t"}},
		{"a quote that never ends", "SELECT ' FROM " + strings.Repeat("x", 90), []string{"SELECT '", "FROM " + strings.Repeat("x", 90)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, wrapSQL(test.sql)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Proves that no text causes a panic, keeps a character that does not print, or loses anything but its layout.
func FuzzWrapSQL(f *testing.F) {
	f.Add("SELECT a, b FROM t WHERE c = ? ORDER BY d")
	f.Add("VALUES (?, ?, ?, ?),\n\t('it''s', \"x\")")
	f.Add("\x1b[31m\xff\u202e::error ##[x]")
	f.Fuzz(func(t *testing.T, sql string) {
		wrapped := wrapSQL(sql)
		for _, line := range wrapped {
			if !printable.IsPrintable(line) {
				t.Errorf("wrapSQL(%q) has %q", sql, line)
			}
		}
		if utf8.RuneCountInString(sql) > maxFixSQL || strings.ContainsAny(sql, "\t\r\n") || strings.Contains(sql, "  ") {
			return // its layout is changed, or it is shortened
		}
		for i := range wrapped {
			wrapped[i] = strings.TrimPrefix(wrapped[i], indent)
		}
		if diff := cmp.Diff(printable.Line(strings.TrimSpace(sql)), strings.Join(wrapped, " ")); diff != "" {
			t.Errorf("wrapping changes more than the layout (-want +got):\n%s", diff)
		}
	})
}
