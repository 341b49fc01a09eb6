package record

import "slices"

// A mark stands for a value in a table: half of its hash, because rows are many. 0 stands for what is no key.
type Mark uint32

func MarkOf(hash uint64) Mark { return Mark(hash >> 32) }

// A table holds the marks of what a group's results returned, row by row, over all statements of the group.
type Values struct {
	Names        []string // of the columns
	Rows         int
	blocks       [][]Mark // of blockRows rows each, len(names) marks a row
	denseColumns uint16   // a bit for each column some value of which is a small integer or a short text: others may well hold the same
	Shed         bool     // more rows came than were kept
	filter       *bloom   // nil as long as nobody has asked a long table
}

// blockRows is how many rows are kept together. The first block starts small; what is full is never copied again.
const blockRows = 64

// add keeps a row, unless s has no room for it.
func (t *Values) add(row []Mark, dense uint16, s *Scope) {
	n := len(t.Names)
	at := t.Rows % blockRows * n
	if at == 0 || at+n > len(t.blocks[0]) && t.Rows < blockRows {
		if !t.grow(at, n, s) {
			t.Shed = true
			return
		}
	}
	copy(t.blocks[len(t.blocks)-1][at:at+n], row)
	t.denseColumns |= dense & (1<<n - 1)
	t.Rows++
}

// grow makes room for a row of n values at a place in the latest block.
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

// latest reports whether v is in the latest row.
func (t *Values) latest(v Mark) bool {
	if t.Rows == 0 {
		return false
	}
	n := len(t.Names)
	at := (t.Rows - 1) % blockRows * n
	return slices.Contains(t.blocks[len(t.blocks)-1][at:at+n], v)
}

func (t *Values) At(row, column int) Mark {
	return t.blocks[row/blockRows][row%blockRows*len(t.Names)+column]
}

func (t *Values) Dense(column int) bool { return t.denseColumns&(1<<column) != 0 }

// Column returns the marks of a column, row by row.
func (t *Values) Column(i int) []Mark {
	out := make([]Mark, t.Rows)
	for row := range out {
		out[row] = t.At(row, i)
	}
	return out
}

// Holds reports whether v is anywhere in the table.
func (t *Values) Holds(v Mark) bool {
	for column := range t.Names {
		if t.Find(column, 0, v) >= 0 {
			return true
		}
	}
	return false
}

// Find returns the first row from the given one on that has v in a column, -1 when there is none.
func (t *Values) Find(column, from int, v Mark) int {
	n := len(t.Names)
	for from < t.Rows {
		block := t.blocks[from/blockRows]
		first := from - from%blockRows
		end := min(t.Rows-first, blockRows) * n
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
func (t *Values) mayHold(column int, v Mark) bool {
	if t.Rows < filteredRows {
		return true
	}
	if t.filter == nil {
		t.filter = new(bloom)
	}
	if t.filter.rows < t.Rows {
		t.filter.extend(t)
	}
	return t.filter.has(column, v)
}

// filteredRows is from how many rows on a table has a filter. A shorter one is read faster.
const filteredRows = 32

// A filter says which values a table does not hold: a Bloom filter with one hash, eight bits for each mark, which is a
// hash already. It is brought up to date when it is asked.
type bloom struct {
	bits []uint64
	rows int // of the table, so far
}

func (f *bloom) extend(t *Values) {
	n := len(t.Names)
	if words := (t.Rows*n + 7) / 8; len(f.bits) < words {
		size := 16
		for size < words {
			size *= 2
		}
		*f = bloom{bits: make([]uint64, size)}
	}
	for ; f.rows < t.Rows; f.rows++ {
		for column := range n {
			word, bit := f.place(column, t.At(f.rows, column))
			f.bits[word] |= bit
		}
	}
}

func (f *bloom) has(column int, v Mark) bool {
	word, bit := f.place(column, v)
	return f.bits[word]&bit != 0
}

func (f *bloom) place(column int, v Mark) (word int, bit uint64) {
	v += Mark(column) * 0x9e37_79b9
	return int(v>>6) & (len(f.bits) - 1), 1 << (v & 63)
}
