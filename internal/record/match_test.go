package record

import (
	"database/sql/driver"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/value"
)

// marks returns the marks of the words of text, in order.
func marks(text string) []Mark {
	var list []Mark
	for _, letter := range strings.Fields(text) {
		list = append(list, MarkOf(value.Text(letter)))
	}
	return list
}

// Proves which sequences of arguments a column explains: its values in row order, where rows are skipped or taken several
// times in a row, and whole passes over it; not the same set in another order.
func TestColumnMatchFollows(t *testing.T) {
	for _, tt := range []struct {
		name, column, arguments string
		steps                   int // arguments that are explained
		skipped                 int
	}{
		{"all rows", "a b c d", "a b c d", 4, 0},
		{"the first rows", "a b c d", "a b", 2, 0},
		{"the last rows", "a b c d", "c d", 2, 2},
		{"every second row", "a b c d e", "a c e", 3, 2},
		{"one row several times", "a b c", "a a a b b c", 6, 0},
		{"rows that share a value", "a a b a", "a a b a", 4, 0},
		{"rows that share a value, each once", "a a b b", "a b", 2, 1},
		{"the same value more often than there are rows", "a a b", "a a a b", 4, 0},
		{"two passes", "a b c", "a b c a b c", 6, 0},
		{"two passes without the last row", "a b c d", "a b c a b c", 6, 0},
		{"two passes from the second row", "a b c", "b c b c", 4, 1},
		{"the reverse order", "a b c", "c b a", 1, 2},
		{"an order that begins in the middle", "a b c d e", "b c a d e", 2, 1},
		{"an order that ends with the first rows", "a b c d", "c d a b", 2, 2},
		{"back and forth", "a b", "a b a b", 4, 0},
		{"two passes that skip different rows", "a b c", "a b a c", 4, 1},
		{"a value of no row", "a b c", "a x", 1, 0},
		{"an empty result", "", "a", 0, 0},
		{"rows without a key", "a - b - c", "a b c", 3, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := &Group{Results: Values{Names: []string{"id"}}}
			for _, h := range marks(tt.column) {
				g.Results.add([]Mark{h}, 0, New("values", 0))
			}
			m := ColumnMatch{Parent: g, row: -1, passes: 1}
			steps := 0
			for _, v := range marks(tt.arguments) {
				if !m.follow(v) {
					break
				}
				steps++
			}
			if steps != tt.steps || m.Matched != tt.steps {
				t.Errorf("explains %d arguments and counts %d, want %d", steps, m.Matched, tt.steps)
			}
			if steps == len(strings.Fields(tt.arguments)) && m.Skipped != tt.skipped {
				t.Errorf("skips %d rows, want %d", m.Skipped, tt.skipped)
			}
		})
	}
}

// Proves that only results of statements before a group's first one match, the latest first, and that a column which does not
// explain the next value is removed.
func TestColumnMatchesOfAGroup(t *testing.T) {
	_, s := begin(t)
	query(s, statement("SELECT id FROM posts", 10), "id", int64(31), int64(42), int64(57))
	query(s, statement("SELECT id FROM drafts", 11), "id", int64(31), int64(42), int64(60))
	query(s, statement("SELECT name FROM blogs", 12), "name", "tea")
	child := func(id int64) {
		query(s, statement("SELECT body FROM comments WHERE post_id = ?", 17, id), "body", "nice")
	}
	names := func() (list []string) {
		for _, m := range s.groups[3].Slots[0].Matches {
			list = append(list, m.Parent.Facts().Tables[0])
		}
		return list
	}
	child(31)
	query(s, statement("SELECT id FROM meanwhile", 19), "id", int64(31), int64(42), int64(57))
	child(42)
	query(s, statement("SELECT id FROM late", 20), "id", int64(31), int64(42), int64(57))
	if got := strings.Join(names(), " "); got != "drafts posts" {
		t.Errorf("after two statements the matches are %q, want %q", got, "drafts posts")
	}
	child(57)
	if got := strings.Join(names(), " "); got != "posts" {
		t.Errorf("after three statements the matches are %q, want %q", got, "posts")
	}
}

// Proves which values count as those of a space so large that two columns do not have them by chance.
func TestSparseValues(t *testing.T) {
	for _, tt := range []struct {
		name string
		v    driver.Value
		want bool
	}{
		{"a serial number", int64(120_000), false},
		{"a snowflake number", int64(1_796_000_000_000_000_001), true},
		{"a serial number as text", "120000", false},
		{"a date", "2024-06-01", false},
		{"a word", "active", false},
		{"a title", "On tea and rain", false},
		{"a long word", "telegram-notifications", false},
		{"digits only", "20240601123059000123456", false},
		{"a digest", "d41d8cd98f00b204e9800998ecf8427e", true},
		{"a UUID", "0190163d-8694-739b-aea5-966c26f8ad91", true},
		{"a UUID of bytes", [16]byte{1}, true},
		{"a ULID", []byte("01J0DQ4ZK3T0W9A7B8C9D0E1F2"), true},
		{"a boolean", true, false},
		{"NULL", nil, true},
	} {
		if got := read(tt.v).sparse; got != tt.want {
			t.Errorf("%s: sparse is %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Proves that a scope that ends no longer counts for the limits of all scopes.
func TestEndReleasesMemory(t *testing.T) {
	before, bytes := processValues.Load(), processBytes.Load()
	_, s := begin(t)
	query(s, statement("SELECT id FROM posts", 10), "id", int64(31), int64(42), int64(57))
	if got := processValues.Load() - before; got < 3 {
		t.Errorf("%d values are counted, want 3 or more", got)
	}
	if got := processBytes.Load() - bytes; got < 512 {
		t.Errorf("%d bytes are counted, want those of a group", got)
	}
	s.End()
	if values, bytes := processValues.Load()-before, processBytes.Load()-bytes; values != 0 || bytes != 0 {
		t.Errorf("%d values and %d bytes are counted after the end", values, bytes)
	}
}
