package detector

import "slices"

// A mark stands for a value in a table: half of its hash, because rows are many. 0 stands for what is no key.
type mark uint32

func markOf(hash uint64) mark { return mark(hash >> 32) }

// A table holds the marks of what a group's results returned, row by row, over all statements of the group.
type table struct {
	names  []string // of the columns
	rows   int
	blocks [][]mark // of blockRows rows each, len(names) marks a row
	dense  uint16   // a bit for each column some value of which is a small integer or a short text: others may well hold the same
	shed   bool     // more rows came than were kept
	filter *filter  // nil as long as nobody has asked a long table
}

// blockRows is how many rows are kept together. The first block starts small; what is full is never copied again.
const blockRows = 64

// add keeps a row, unless s has no room for it.
func (t *table) add(row []mark, dense uint16, s *Scope) {
	n := len(t.names)
	at := t.rows % blockRows * n
	if at == 0 || at+n > len(t.blocks[0]) && t.rows < blockRows {
		if !t.grow(at, n, s) {
			t.shed = true
			return
		}
	}
	copy(t.blocks[len(t.blocks)-1][at:at+n], row)
	t.dense |= dense & (1<<n - 1)
	t.rows++
}

// grow makes room for a row of n values at a place in the latest block.
func (t *table) grow(at, n int, s *Scope) bool {
	switch {
	case t.rows == maxGroupRows:
		return false
	case at > 0:
		size := min(4*at, blockRows*n)
		if !s.mayKeep(size - at) {
			return false
		}
		block := make([]mark, size)
		copy(block, t.blocks[0])
		t.blocks[0] = block
		return true
	}
	size := blockRows * n
	if t.rows == 0 {
		size = n
	}
	if !s.mayKeep(size) {
		return false
	}
	t.blocks = append(t.blocks, make([]mark, size))
	return true
}

// latest reports whether v is in the latest row.
func (t *table) latest(v mark) bool {
	if t.rows == 0 {
		return false
	}
	n := len(t.names)
	at := (t.rows - 1) % blockRows * n
	return slices.Contains(t.blocks[len(t.blocks)-1][at:at+n], v)
}

func (t *table) at(row, column int) mark {
	return t.blocks[row/blockRows][row%blockRows*len(t.names)+column]
}

func (t *table) isDense(column int) bool { return t.dense&(1<<column) != 0 }

// column returns the marks of a column, row by row.
func (t *table) column(i int) []mark {
	out := make([]mark, t.rows)
	for row := range out {
		out[row] = t.at(row, i)
	}
	return out
}

// holds reports whether v is anywhere in the table.
func (t *table) holds(v mark) bool {
	for column := range t.names {
		if t.find(column, 0, v) >= 0 {
			return true
		}
	}
	return false
}

// find returns the first row from the given one on that has v in a column, -1 when there is none.
func (t *table) find(column, from int, v mark) int {
	n := len(t.names)
	for from < t.rows {
		block := t.blocks[from/blockRows]
		first := from - from%blockRows
		end := min(t.rows-first, blockRows) * n
		for i := (from-first)*n + column; i < end; i += n {
			if block[i] == v {
				return first + i/n
			}
		}
		from = first + blockRows
	}
	return -1
}

// mayHold reports whether v can be in a column. It is asked of all columns of all earlier results when a statement
// repeats; most of them do not hold it, and a long one need not be read to see that.
func (t *table) mayHold(column int, v mark) bool {
	if t.rows < filteredRows {
		return true
	}
	if t.filter == nil {
		t.filter = new(filter)
	}
	if t.filter.rows < t.rows {
		t.filter.extend(t)
	}
	return t.filter.has(column, v)
}

// filteredRows is from how many rows on a table has a filter. A shorter one is read faster.
const filteredRows = 32

// A filter says which values a table does not hold: a Bloom filter with one hash, eight bits for each mark, which is a
// hash already. It is brought up to date when it is asked.
type filter struct {
	bits []uint64
	rows int // of the table, so far
}

func (f *filter) extend(t *table) {
	n := len(t.names)
	if words := (t.rows*n + 7) / 8; len(f.bits) < words {
		size := 16
		for size < words {
			size *= 2
		}
		*f = filter{bits: make([]uint64, size)}
	}
	for ; f.rows < t.rows; f.rows++ {
		for column := range n {
			word, bit := f.place(column, t.at(f.rows, column))
			f.bits[word] |= bit
		}
	}
}

func (f *filter) has(column int, v mark) bool {
	word, bit := f.place(column, v)
	return f.bits[word]&bit != 0
}

func (f *filter) place(column int, v mark) (word int, bit uint64) {
	v += mark(column) * 0x9e37_79b9
	return int(v>>6) & (len(f.bits) - 1), 1 << (v & 63)
}
