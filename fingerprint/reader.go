package fingerprint

import (
	"slices"
	"strings"
)

// A clause is a part of a statement.
type clause uint8

const (
	inNothing clause = iota
	inWith
	inSelect
	inTables // FROM, JOIN, INTO, the target of UPDATE
	inCondition
	inHaving
	inGroup
	inOrder
	inLimit
	inOffset
	inSet
	inSetColumns // (a, b) of SET (a, b) = (1, 2)
	inSetRow     // (1, 2)
	inColumns    // the columns of an INSERT
	inValues
	inReturning
)

// A textSpan is a part of the normal form; the zero value is empty.
type textSpan struct{ begin, end int }

// A level is a query, or a parenthesis within a query. Level 0 is the statement. It has no pointers, which makes the stack of
// levels cheap to grow and to clear.
type level struct {
	clause    clause
	wantTable bool  // the next name is that of a table
	row       bool  // it is a row of values: a comma leads to the next column
	column    int   // of a row
	query     int   // the level of the query that it belongs to, which may be its own
	open      int   // the piece that opens it
	call      call  // the function whose arguments it holds
	bracket   bool  // it is a square bracket
	from      bool  // it is a relation of a FROM: a subquery, or the arguments of a function
	or        chain // of conditions

	// Of a query:
	kind     Kind
	main     bool     // its rows are those of the statement
	conflict bool     // after ON CONFLICT, ON DUPLICATE KEY
	target   textSpan // the table that it writes
	set      textSpan // the column that SET assigns to
	item     int      // the piece where the current item of a list begins, -1 for none
	tables   int      // where its tables begin in reader.tables
	values   int      // where its values begin in reader.values
	first    int      // the piece where its select list begins, 0 for none
	items    int      // items of the select list before the current one
	sources  int      // relations of its FROM that may have any number of rows
	expands  bool     // its select list calls a function that returns rows
	compound bool     // it is a UNION, INTERSECT or EXCEPT
	union    chain    // of selects
	source   InsertSource
	assigned int // the piece where the assignments of SET begin, 0 for none
	inserted int // the columns of an INSERT in reader.unordered, counted from 1; 0 for none
}

// A reader reads the facts of a normal form. It passes once over the pieces.
type reader struct {
	d       Dialect
	p       *Parsed
	f       Facts // its slices are used again for the next text
	text    string
	pieces  []piece
	i       int // the current piece
	levels  []level
	over    int // parentheses beyond maxDepth
	tables  []tableRef
	values  []valueRef
	columns []string // the columns of the current INSERT or SET (…)
	ctes    []string
	verb    string // the first word of the current statement, empty before it
	seen    int    // values before the current piece
	call    call   // the function whose name is the previous piece
	rows    int    // selects of a UNION that an INSERT takes its rows from

	unordered       []unordered
	rowSpans        []pieceSpan
	items, elements []item
	perm            []byte // the positions of items in the order of their columns

	sources  []source
	selected []selected
	copied   []copied
}

// reset prepares r for another text, with the memory that it has.
func (r *reader) reset() {
	// One field at a time: a copy of the whole struct has more write barriers.
	f := &r.f
	f.Tables, f.Writes, f.Values, f.Columns = empty(f.Tables), empty(f.Writes), empty(f.Values), empty(f.Columns)
	f.Aggregates, f.OrderBy, f.InsertColumns, f.Set = empty(f.Aggregates), empty(f.OrderBy), empty(f.InsertColumns), empty(f.Set)
	f.Kind, f.Within, f.Source, f.Statements = Other, Other, SourceNone, 0
	f.Catalog, f.GroupBy, f.Distinct, f.Limit, f.Offset, f.Locking, f.Volatile = false, false, false, false, false, false, false
	f.Join, f.Subquery, f.Compound, f.Recursive, f.Upsert, f.Returning = false, false, false, false, false, false
	r.p, r.text, r.pieces, r.verb = nil, "", nil, ""
	r.i, r.over, r.seen, r.rows, r.call = 0, 0, 0, 0, callOther
	r.levels, r.tables, r.values, r.columns, r.ctes = r.levels[:0], empty(r.tables), empty(r.values), empty(r.columns), empty(r.ctes)
	r.unordered, r.rowSpans, r.items, r.elements = r.unordered[:0], r.rowSpans[:0], empty(r.items), empty(r.elements)
	r.sources, r.selected, r.copied = empty(r.sources), empty(r.selected), empty(r.copied)
}

// empty returns s without its elements. It keeps nothing alive that they refer to.
func empty[S ~[]E, E any](s S) S {
	clear(s)
	return s[:0]
}

// read reads the facts of p, whose text is made of pieces.
func (r *reader) read(d Dialect, p *Parsed, pieces []piece) {
	r.d, r.p, r.text, r.pieces = d, p, p.Text, pieces
	for range p.Bindings {
		r.f.Values = append(r.f.Values, Value{})
	}
	r.levels = append(r.levels, level{main: true, item: -1, open: -1})
	for ; r.i < len(r.pieces); r.i++ {
		r.piece(&r.pieces[r.i])
	}
	r.endStatement()
	r.finish()
	if n := len(pieces); n > 0 && pieces[n-1].end < len(r.text) {
		p.Partial = true
	}
}

// finish completes the facts that depend on the whole text.
func (r *reader) finish() {
	f := &r.f
	if f.Statements == 1 {
		f.Statements = 0
	}
	if f.Kind != Select {
		f.Within = Other
	}
	if len(r.ctes) > 0 {
		cte := func(table string) bool { return slices.Contains(r.ctes, table) }
		f.Tables = slices.DeleteFunc(f.Tables, cte)
		for i := range f.Values {
			if cte(f.Values[i].Table) {
				f.Values[i].Table = ""
			}
		}
	}
	f.Catalog = len(f.Tables) > 0
	for _, t := range f.Tables {
		f.Catalog = f.Catalog && catalog(t)
	}
}

// store copies the facts into an allocation.
func (r *reader) store(a *allocation) {
	f := &a.parsed.Facts
	*f = r.f
	f.Values = store(a.values[:0], f.Values)
	if len(f.Set) > 0 {
		f.Set = slices.Clone(f.Set)
	} else {
		f.Set = nil
	}
	lists := [...]*[]string{&f.Tables, &f.Writes, &f.Columns, &f.Aggregates, &f.OrderBy, &f.InsertColumns}
	n := 0
	for _, l := range lists {
		n += len(*l)
	}
	names := a.names[:0]
	if n > cap(names) {
		names = make([]string, 0, n)
	}
	for _, l := range lists {
		begin := len(names)
		names = append(names, *l...)
		*l = nil
		if begin < len(names) {
			*l = names[begin:len(names):len(names)]
		}
	}
}

func (r *reader) piece(p *piece) {
	if r.verb == "" && r.begin(*p) {
		return
	}
	switch {
	case p.value >= 0:
		r.top().wantTable = false
		r.value(int(p.value))
		r.seen = int(p.value) + 1
	case p.kind == tokParam:
		r.p.Partial = true // a value beyond maxValues
	case p.kind == tokString:
		r.f.Volatile = true // 'now'
	case p.kind == tokPunct:
		r.punct(r.text[p.start])
	case p.kw != kwNone && r.top().clause != inColumns:
		r.keyword(p.kw)
	case p.kind == tokWord:
		r.name(*p)
	case p.kind == tokOp && len(r.sources) > 0 && r.str(*p) == "=" && r.top().clause != inSet:
		r.equates()
	}
}

// at returns the piece n pieces after the current one, an empty piece beyond the ends.
func (r *reader) at(n int) piece { return r.pieceAt(r.i + n) }

func (r *reader) pieceAt(i int) piece {
	if i >= 0 && i < len(r.pieces) {
		return r.pieces[i]
	}
	return piece{value: -1}
}

// parenthesis reports whether piece i opens one.
func (r *reader) parenthesis(i int) bool {
	return i < len(r.pieces) && r.pieces[i].kind == tokPunct && r.text[r.pieces[i].start] == '('
}

// part returns a part of the text.
func (r *reader) part(s textSpan) string { return r.text[s.begin:s.end] }

// str returns the text of a piece.
func (r *reader) str(p piece) string { return r.text[p.start:p.end] }

func (r *reader) textAt(i int) string { return r.str(r.pieceAt(i)) }

// is reports whether the piece n pieces after the current one has a text.
func (r *reader) is(n int, text string) bool { return r.str(r.at(n)) == text }

// word reports whether the piece n pieces after the current one is a word, in any case.
func (r *reader) word(n int, w string) bool { return r.isWord(r.i+n, w) }

func (r *reader) isWord(i int, w string) bool {
	p := r.pieceAt(i)
	return p.kind == tokWord && len(w) == p.end-p.start && strings.EqualFold(r.str(p), w)
}
