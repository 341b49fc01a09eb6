package record

import (
	"math/rand/v2"
	"testing"
)

// Proves that the Bloom filter never denies a value that the table has, also while the table grows, and that it denies most
// others.
func TestBloom(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	tab := Values{Names: []string{"id", "author_id", "title"}}
	denied, asked, s := 0, 0, New("values", 0)
	for range 500 {
		tab.add([]Mark{Mark(random.Uint32()), Mark(random.Uint32()), 0}, 0, s)
		for column := range tab.Names {
			row := random.IntN(int(tab.Rows))
			if v := tab.At(row, column); !tab.mayHold(column, v) {
				t.Fatalf("with %d rows, the value of column %d in row %d is denied", tab.Rows, column, row)
			}
			if tab.Rows >= bloomFromRows {
				asked++
				if !tab.mayHold(column, Mark(random.Uint32())) {
					denied++
				}
			}
		}
	}
	if denied < asked*3/4 {
		t.Errorf("%d of %d values that are not in the table were denied, want most", denied, asked)
	}
}

// Proves that Find returns the first row from the given one on.
func TestFind(t *testing.T) {
	tab := Values{Names: []string{"id", "author_id"}}
	for _, row := range [][]Mark{{1, 7}, {2, 8}, {3, 7}} {
		tab.add(row, 0, New("values", 0))
	}
	for _, tt := range []struct {
		column, from int
		v            Mark
		want         int
	}{{1, 0, 7, 0}, {1, 1, 7, 2}, {1, 0, 8, 1}, {0, 0, 7, -1}, {1, 3, 7, -1}} {
		if got := tab.Find(tt.column, tt.from, tt.v); got != tt.want {
			t.Errorf("find(%d, %d, %d) = %d, want %d", tt.column, tt.from, tt.v, got, tt.want)
		}
	}
}

// Proves that rows of any width are kept unchanged while blocks grow.
func TestValuesKeepRows(t *testing.T) {
	s := New("values", 0)
	defer s.budget.release()
	for width := 1; width <= MaxColumns; width++ {
		tab := Values{Names: make([]string, width)}
		row := make([]Mark, width)
		for i := range 3*blockRows + 1 {
			for c := range row {
				row[c] = Mark(i*width + c)
			}
			tab.add(row, 0, s)
			if !tab.lastRowHolds(row[0]) {
				t.Fatalf("width %d: row %d is not the last", width, i)
			}
		}
		for i := range int(tab.Rows) {
			if got, want := tab.At(i, width-1), Mark(i*width+width-1); got != want {
				t.Fatalf("width %d: row %d ends with %d, want %d", width, i, got, want)
			}
		}
	}
}
