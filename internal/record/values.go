package record

import "slices"

// A Mark identifies a value of a result. It is half of the hash of the value, because there are many rows, and 0 for NULL and for
// a value that is not kept, as of a flag or a long text. Two different values have one mark with a probability of 1 in 4 billion.
type Mark uint32

// MarkOf returns the mark of a hash.
func MarkOf(hash uint64) Mark { return Mark(hash >> 32) }

// Values are the marks of the rows that the statements of a group returned, in the order in which they were fetched. The zero
// value has none.
type Values struct {
	Names []string // of the columns, MaxColumns at most

	blocks [][]Mark // of blockRows rows each, len(Names) marks for each row
	bloom  *bloom   // nil until a value is searched in many rows
	dense  uint16   // a bit for each column; see Dense

	Shed bool  // there were more rows than are kept
	Rows int32 // rows whose values are kept
}

// keep keeps a row of a result of g, within the limits of the group, the scope and the process. dense has a bit for each value
// that other columns may have by chance.
func (s *Scope) keep(g *Group, names []string, row []Mark, dense uint16) {
	t := &g.Results
	if t.Names == nil {
		t.Names = names
		if len(names) > MaxColumns {
			t.Names = slices.Clone(names[:MaxColumns]) // without the memory of the others
		}
	}
	if n := len(t.Names); n == 0 || len(row) < n || t.Shed {
		return
	}
	if t.add(row, dense, s); t.Shed {
		s.stats.Shed = shedTraces
	}
}

// add adds a row, or sets Shed if s has no memory for it.
func (t *Values) add(row []Mark, dense uint16, s *Scope) {
	n := len(t.Names)
	at := int(t.Rows) % blockRows * n
	if at == 0 || at+n > len(t.blocks[0]) && t.Rows < blockRows {
		if !t.grow(at, n, s) {
			t.Shed = true
			return
		}
	}
	copy(t.blocks[len(t.blocks)-1][at:at+n], row)
	t.dense |= dense & (1<<n - 1)
	t.Rows++
}

// grow allocates memory for a row of n values at the index at of the last block. The first block begins with one row, because
// most results have one.
func (t *Values) grow(at, n int, s *Scope) bool {
	switch {
	case t.Rows == maxGroupRows:
		return false
	case at > 0:
		size := min(4*at, blockRows*n)
		if !s.mayKeep(size - at) {
			return false
		}
		block := make([]Mark, size)
		copy(block, t.blocks[0])
		t.blocks[0] = block
		return true
	}
	size := blockRows * n
	if t.Rows == 0 {
		size = n
	}
	if !s.mayKeep(size) {
		return false
	}
	t.blocks = append(t.blocks, make([]Mark, size))
	return true
}

// At returns the mark of a value. The row and the column are counted from 0.
func (t *Values) At(row, column int) Mark {
	return t.blocks[row/blockRows][row%blockRows*len(t.Names)+column]
}

// Dense reports whether a column has a value that other columns may well have by chance: a small integer or a short text, in
// contrast to a UUID.
func (t *Values) Dense(column int) bool { return t.dense&(1<<column) != 0 }

// Column returns the marks of a column, row by row.
func (t *Values) Column(i int) []Mark {
	out := make([]Mark, t.Rows)
	for row := range out {
		out[row] = t.At(row, i)
	}
	return out
}

// Holds reports whether any row has v in any column.
func (t *Values) Holds(v Mark) bool {
	for column := range t.Names {
		if t.Find(column, 0, v) >= 0 {
			return true
		}
	}
	return false
}

// Find returns the first row, not before the row from, that has v in a column; -1 if there is none.
func (t *Values) Find(column, from int, v Mark) int {
	n := len(t.Names)
	rows := int(t.Rows)
	for from < rows {
		block := t.blocks[from/blockRows]
		end := min(from-from%blockRows+blockRows, rows)
		for i := from%blockRows*n + column; from < end; i += n {
			if block[i] == v {
				return from
			}
			from++
		}
	}
	return -1
}

// lastRowHolds reports whether the last row has v.
func (t *Values) lastRowHolds(v Mark) bool {
	if t.Rows == 0 {
		return false
	}
	n := len(t.Names)
	at := int(t.Rows-1) % blockRows * n
	return slices.Contains(t.blocks[len(t.blocks)-1][at:at+n], v)
}

// mayHold reports whether a column may have v; false is certain. When a statement runs the second time, all columns of all
// earlier results are asked, and most do not have the value.
func (t *Values) mayHold(column int, v Mark) bool {
	if t.Rows < bloomFromRows {
		return true
	}
	if t.bloom == nil {
		t.bloom = new(bloom)
	}
	if t.bloom.rows < int(t.Rows) {
		t.bloom.extend(t)
	}
	return t.bloom.has(column, v)
}

// A bloom is a Bloom filter of the values of a table with one hash function, the mark itself, and eight bits or more for each
// value. It is extended when it is asked.
type bloom struct {
	bits []uint64 // a power of two
	rows int      // rows of the table that it has
}

// extend adds the rows of t that are new.
func (f *bloom) extend(t *Values) {
	n, total := len(t.Names), int(t.Rows)
	if words := (total*n + 7) / 8; len(f.bits) < words {
		size := 16
		for size < words {
			size *= 2
		}
		*f = bloom{bits: make([]uint64, size)}
	}
	for f.rows < total {
		from := f.rows % blockRows
		rows := min(blockRows-from, total-f.rows)
		marks := t.blocks[f.rows/blockRows][from*n : (from+rows)*n]
		for ; len(marks) > 0; marks = marks[n:] {
			for column, v := range marks[:n] {
				word, bit := f.bit(column, v)
				f.bits[word] |= bit
			}
		}
		f.rows += rows
	}
}

func (f *bloom) has(column int, v Mark) bool {
	word, bit := f.bit(column, v)
	return f.bits[word]&bit != 0
}

// bit returns the bit of a value in a column.
func (f *bloom) bit(column int, v Mark) (word int, bit uint64) {
	v += Mark(column) * 0x9e37_79b9
	return int(v>>6) & (len(f.bits) - 1), 1 << (v & 63)
}
