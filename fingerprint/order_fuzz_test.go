package fingerprint

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// FuzzOrder makes statements with unordered lists, and reorders the lists: the ID stays, and each value has the position of its
// column. Texts that are no SQL have no such lists.
func FuzzOrder(f *testing.F) {
	for _, d := range dialects {
		for seed := range 16 {
			f.Add(uint8(d), uint64(seed))
		}
	}
	f.Fuzz(func(t *testing.T, dialect uint8, seed uint64) {
		d := Dialect(dialect % uint8(len(dialects)))
		random := rand.New(rand.NewPCG(seed, uint64(d)))
		checkOrder(t, random, d, unorderedStatement(random))
	})
}

// Proves that FuzzOrder checks something: most of its statements have another order.
func TestUnorderedStatementsAreReordered(t *testing.T) {
	for _, d := range dialects {
		reordered := 0
		for seed := range uint64(200) {
			random := rand.New(rand.NewPCG(seed, uint64(d)))
			if checkOrder(t, random, d, unorderedStatement(random)) {
				reordered++
			}
		}
		if reordered < 100 {
			t.Errorf("%s: %d of 200 statements were reordered, want 100", d, reordered)
		}
	}
}

// Proves that texts which are nearly SQL keep their ID, too: fuzzing found them.
func TestOrderOfUnusualTexts(t *testing.T) {
	for _, tc := range []struct {
		d    Dialect
		text string
	}{
		{SQLite, "INSERT INTO osts (title, author_id) VALUES (., ?)"},
		{SQLite, "INSERT INTO posts (id, title) VALUES (1, 'a'), (2, \"b\"), (3,ON DUPLIC.TE KEY UPDATE title = VALUEZtitle)"},
		{SQLite, "INSERT INTO posts (id, title) VALUES (1, 'a'), (2, \"b\"), (3,ON DUPLIC.TE KEf UPDATE title = VALUEZtitle)"},
		{SQLite, "INTO post true Os (id, n)"},
		{PostgreSQL, "INSERT INTO posts (le, author_id) VALUES ($1, $2) REjURNING \""},
	} {
		for seed := range uint64(8) {
			checkOrder(t, rand.New(rand.NewPCG(seed, 1)), tc.d, tc.text)
		}
	}
}

// checkOrder checks that a text with its lists in another order has the same ID. It reports whether there is another order.
func checkOrder(t *testing.T, random *rand.Rand, d Dialect, text string) bool {
	t.Helper()
	p := Parse(d, text)
	shuffled := shuffle(random, d, p)
	other := Parse(d, shuffled)
	if other.ID != p.ID {
		t.Errorf("%s:\n\t%q\nhas another ID than\n\t%q", d, other.Text, p.Text)
	}
	if len(p.Facts.Values) == len(other.Facts.Values) {
		checkPositions(t, p, other)
	}
	return shuffled != p.Text
}

// unorderedStatement returns an INSERT or an UPDATE with columns in any order.
func unorderedStatement(random *rand.Rand) string {
	columns := []string{"a", "b", "c", "id", "title", "n", "Score"}
	random.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	columns = columns[:1+random.IntN(len(columns))]
	value := func() string {
		values := []string{
			"?", "1", "'x'", "NULL", "now()", "coalesce(?, 0)", "x + ?", "CASE WHEN x > ? THEN 1 ELSE 2 END", "(SELECT max(y) FROM u WHERE z = ?)",
			"-1", "lower(trim(?))", "x || 'y'",
		}
		return values[random.IntN(len(values))]
	}
	var list []string
	if random.IntN(2) == 0 {
		for _, c := range columns {
			list = append(list, c+" = "+value())
		}
		return "UPDATE t SET " + strings.Join(list, ", ") + []string{"", " WHERE id = ?", " WHERE id IN (?, ?) AND n > 3"}[random.IntN(3)]
	}
	for range 1 + random.IntN(3) {
		row := make([]string, len(columns))
		for i := range row {
			row[i] = value()
		}
		list = append(list, "("+strings.Join(row, ", ")+")")
	}
	end := []string{"", " RETURNING id", " ON CONFLICT (id) DO NOTHING", " ON CONFLICT (id) DO UPDATE SET n = excluded.n, b = ?"}[random.IntN(4)]
	return fmt.Sprintf("INSERT INTO t (%s) VALUES %s%s", strings.Join(columns, ", "), strings.Join(list, ", "), end)
}
