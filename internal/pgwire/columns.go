package pgwire

// formats are the formats of the columns or parameters of one message: text or binary.
type formats struct {
	n   int                     // how many are given: 0 for text, 1 for all alike
	bit [maxColumns / 64]uint64 // binary ones
}

func (f *formats) read(r *reader) {
	f.n = r.int16()
	f.bit = [len(f.bit)]uint64{}
	for i := range f.n {
		if format := r.int16(); format == 1 && i < maxColumns {
			f.bit[i/64] |= 1 << (i % 64)
		}
	}
}

// binary reports whether the column or parameter i is binary.
func (f *formats) binary(i int) bool {
	if f.n <= 1 {
		i = 0
	}
	return i < maxColumns && f.bit[i/64]&(1<<(i%64)) != 0
}

// Columns are the columns of a result.
type Columns struct {
	Names []string // not to be changed: results with equal columns share them
	types []uint32
	formats
}

// Len returns the number of columns.
func (c *Columns) Len() int { return len(c.Names) }

// with returns the columns in other formats.
func (c *Columns) with(f *formats) *Columns {
	if c == nil || c.formats == *f {
		return c
	}
	return &Columns{c.Names, c.types, *f}
}

// none are the columns of a statement that returns no rows.
var none = &Columns{}

// layouts remembers the columns of results by their description, so that a statement which is described each time it runs
// does not allocate them again.
type layouts map[string]*Columns

// read returns the columns of a RowDescription; nil if it is not well formed, or has too many columns.
func (l *layouts) read(body []byte) *Columns {
	if c, ok := (*l)[string(body)]; ok {
		return c
	}
	r := reader{b: body}
	n := r.int16()
	if n > maxColumns {
		return nil
	}
	c := &Columns{Names: make([]string, n), types: make([]uint32, n)}
	c.formats.n = n
	for i := range n {
		c.Names[i] = string(r.text())
		r.take(6) // table and column
		c.types[i] = r.int32()
		r.take(6) // size and modifier
		if r.int16() == 1 {
			c.bit[i/64] |= 1 << (i % 64)
		}
	}
	if r.short {
		return nil
	}
	if len(*l) >= maxLayouts || *l == nil {
		*l = make(layouts)
	}
	if len(body) <= keptPiece {
		(*l)[string(body)] = c
	}
	return c
}
