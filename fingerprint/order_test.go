package fingerprint

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOrderOfColumnsHasNoMeaning(t *testing.T) {
	for _, tc := range []struct {
		name  string
		d     Dialect
		texts []string // of one ID
	}{
		{"assignments", PostgreSQL, []string{
			"UPDATE posts SET title = $1, body = $2 WHERE id = $3", "UPDATE posts SET body = $1, title = $2 WHERE id = $3",
			"update posts set Body = 'b', Title = 't' where id = 7",
		}},
		{"an expression of the column itself", MySQL, []string{
			"UPDATE posts SET n = n + 1, at = NOW() WHERE id = ?", "UPDATE posts SET at = NOW(), n = n + 5 WHERE id = ?",
		}},
		{"columns and values of an INSERT", SQLite, []string{
			"INSERT INTO t (a, b, c) VALUES (?, DEFAULT, 3), (?, DEFAULT, 4)", "INSERT INTO t (c, a, b) VALUES (?, ?, DEFAULT)",
		}},
		{"rows of several forms", PostgreSQL, []string{
			"INSERT INTO t (a, b) VALUES ($1, DEFAULT), (now(), $2) RETURNING a", "INSERT INTO t (b, a) VALUES (DEFAULT, $1), ($2, now()) RETURNING a",
		}},
		{"an upsert", PostgreSQL, []string{
			"INSERT INTO t (id, a, b) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET b = excluded.b, a = excluded.a WHERE t.a <> $4",
			"INSERT INTO t (b, id, a) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET a = excluded.a, b = excluded.b WHERE t.a <> $4",
		}},
		{"INSERT with SET", MySQL, []string{"INSERT INTO t SET b = ?, a = ?", "INSERT INTO t SET a = ?, b = ?"}},
		{"a statement within another one", PostgreSQL, []string{
			"WITH x AS (UPDATE t SET b = $1, a = $2 RETURNING id) INSERT INTO log (n, id) VALUES ($3, $4)",
			"WITH x AS (UPDATE t SET a = $1, b = $2 RETURNING id) INSERT INTO log (id, n) VALUES ($3, $4)",
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			first := Parse(tc.d, tc.texts[0])
			for _, text := range tc.texts[1:] {
				p := Parse(tc.d, text)
				if p.ID != first.ID {
					t.Errorf("%s has another ID than %s", text, tc.texts[0])
				}
				checkPositions(t, p, first)
				checkPositions(t, first, p)
			}
		})
	}
}

// checkPositions checks that Position returns, for each value of b, that of a with the same role, table and column.
func checkPositions(t *testing.T, a, b *Parsed) {
	t.Helper()
	if len(a.Facts.Values) != len(b.Facts.Values) {
		t.Fatalf("%d values in %s, %d in %s", len(a.Facts.Values), a.Text, len(b.Facts.Values), b.Text)
	}
	used := make(map[int]bool)
	for i, want := range b.Facts.Values {
		at := a.Position(b, i)
		if used[at] {
			t.Fatalf("two values of %s have position %d", b.Text, at)
		}
		used[at] = true
		if diff := cmp.Diff(want, a.Facts.Values[at]); diff != "" {
			t.Errorf("value %d of %s is value %d of %s (-want +got):\n%s", i, b.Text, at, a.Text, diff)
		}
	}
}

func TestOrderThatMayHaveAMeaning(t *testing.T) {
	for _, tc := range []struct {
		name string
		d    Dialect
		a, b string
	}{
		{"MySQL assigns from left to right", MySQL, "UPDATE t SET a = b, b = ?", "UPDATE t SET b = ?, a = b"},
		{"in a subquery", MySQL, "UPDATE t SET a = (SELECT max(n) FROM u WHERE u.b = B), b = ?", "UPDATE t SET b = ?, a = (SELECT max(n) FROM u WHERE u.b = B)"},
		{"a variable", MySQL, "UPDATE t SET a = @x, b = @x := 1", "UPDATE t SET b = @x := 1, a = @x"},
		{"a row that reads a column", MySQL, "INSERT INTO t (a, b) VALUES (?, a * 2)", "INSERT INTO t (b, a) VALUES (a * 2, ?)"},
		{"a column that comes twice", SQLite, "UPDATE t SET a = ?, b = n, a = m", "UPDATE t SET a = m, b = n, a = ?"},
		{"rows of another length", PostgreSQL, "INSERT INTO t (b, a) VALUES (DEFAULT)", "INSERT INTO t (a, b) VALUES (DEFAULT)"},
		{"other columns", PostgreSQL, "UPDATE t SET a = $1, c = $2", "UPDATE t SET b = $1, a = $2"},
		{"other values", PostgreSQL, "UPDATE t SET a = $1, b = now()", "UPDATE t SET a = now(), b = $1"},
		{"the names of a result", PostgreSQL, "SELECT a, b FROM t", "SELECT b, a FROM t"},
		{"a copy", PostgreSQL, "INSERT INTO t (a, b) SELECT a, b FROM u", "INSERT INTO t (b, a) SELECT a, b FROM u"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if a, b := Parse(tc.d, tc.a), Parse(tc.d, tc.b); a.ID == b.ID {
				t.Errorf("%s and %s share an ID", tc.a, tc.b)
			}
		})
	}
}

// TestOrderOfTheCorpus shuffles the unordered lists of the corpora: the ID stays.
func TestOrderOfTheCorpus(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	shuffled := 0
	for _, d := range dialects {
		for _, g := range groups(t, d) {
			p := Parse(d, g.Texts[0].SQL)
			for range 8 {
				text := shuffle(random, d, p)
				if text == p.Text {
					continue
				}
				shuffled++
				other := Parse(d, text)
				if other.ID != p.ID || other.Text != text {
					t.Fatalf("%s:\n\t%s\nhas another ID than\n\t%s", d, text, p.Text)
				}
				checkPositions(t, p, other)
				checkPositions(t, other, p)
			}
		}
	}
	if shuffled < 100 {
		t.Errorf("only %d texts were shuffled", shuffled)
	}
}

// shuffle returns the normal form of p with its unordered lists in a random order.
func shuffle(random *rand.Rand, d Dialect, p *Parsed) string {
	w := new(workspace)
	w.emitter.d, w.emitter.s, w.emitter.fresh = d, p.Text, true
	w.emitter.emit()
	r := &w.reader
	r.read(d, Parse(d, p.Text), w.emitter.pieces)
	var b strings.Builder
	end := 0
	for i := range r.unordered {
		u := &r.unordered[i]
		if u.insert && u.first == u.last {
			continue
		}
		lists := append([]pieceSpan{u.list}, r.rowSpans[u.first:u.last]...)
		if r.sort(u); !allSortable(r, u) {
			continue
		}
		perm := random.Perm(len(r.split(nil, u.list)))
		for _, list := range lists {
			if r.pieces[list.begin].start < end {
				return p.Text // a list within a list
			}
			b.WriteString(p.Text[end:r.pieces[list.begin].start])
			items := r.split(nil, list)
			for n, from := range perm {
				if n > 0 {
					b.WriteString(", ")
				}
				b.WriteString(p.Text[r.pieces[items[from].begin].start:r.pieces[items[from].end-1].end])
			}
			end = r.pieces[list.end-1].end
		}
	}
	return b.String() + p.Text[end:]
}

// allSortable reports whether the order of a list has no meaning.
func allSortable(r *reader, u *unordered) bool {
	n := len(r.items)
	if n < 2 {
		return false
	}
	for i := range r.items {
		if it := &r.items[i]; !r.keyed(it, u.insert) || !u.insert && r.reads(pieceSpan{it.value, it.end}, it.column) {
			return false
		}
		if slices.ContainsFunc(r.items[:i], func(o item) bool { return o.key == r.items[i].key }) {
			return false
		}
	}
	for _, row := range r.rowSpans[u.first:u.last] {
		elements := r.split(nil, row)
		if len(elements) != n || r.reads(row, "") || slices.ContainsFunc(elements, func(e item) bool { return e.begin == e.end }) {
			return false
		}
	}
	return true
}
