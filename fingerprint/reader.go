package fingerprint

import (
	"slices"
	"strings"
)

// A clause is the part of a statement that a token stands in.
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

// A level is one query, or one parenthesis within a query.
type level struct {
	clause    clause
	wantTable bool // the next name is a table's
	row       bool // a comma leads to the next column
	column    int  // of a row
	query     int  // the level of the query that it belongs to, perhaps its own
	open      int  // piece that opens it
	call      call // the function whose arguments it holds
	bracket   bool // it is a square bracket
	from      bool // it stands in FROM, in the place of a table
	or        chain

	// Of a query:
	kind     Kind
	main     bool   // its rows are those of the statement
	conflict bool   // after ON CONFLICT, ON DUPLICATE KEY
	target   string // the table that it writes
	set      string // the column that SET assigns to
	item     int    // piece at which the current item of a list began, -1 for none
	tables   int    // where its tables begin in reader.tables
	values   int    // where its values begin in reader.values
	first    int    // piece at which its select list begins, 0 for none
	items    int    // items of the select list before the current one
	sources  int    // tables and other relations of its FROM that may have any number of rows
	expands  bool   // its select list calls a function that makes rows
	compound bool   // it is a UNION, INTERSECT or EXCEPT
	union    chain
	source   InsertSource // of an INSERT
	assigned int          // piece at which the assignments of SET begin, 0 for none
	inserted int          // the columns of an INSERT among reader.unordered, counted from 1; 0 for none
}

// A tableRef is a table in FROM, and the name it goes by. A subquery or a function has no table.
type tableRef struct{ table, alias string }

// A valueRef is a value compared with a column whose table is not known yet.
type valueRef struct {
	value int
	qual  string
}

// A reader walks the pieces of a normalised text once, and notes what they say.
type reader struct {
	d       Dialect
	p       *Parsed
	f       Facts // its slices are reused
	text    string
	pieces  []piece
	i       int // the current piece
	levels  []level
	over    int // parentheses beyond maxDepth
	tables  []tableRef
	values  []valueRef
	columns []string // the latest list of columns to be written
	ctes    []string
	verb    string // the first word of the current statement, empty before it
	seen    int    // values before the current piece
	call    call   // the function whose name is the piece before
	rows    int    // selects of a UNION that an INSERT takes its rows from

	unordered       []unordered
	rowSpans        []pieceSpan
	items, elements []item

	sources  []source
	selected []selected
	copied   []copied
}

// reset forgets everything but the memory that the next text can use.
func (r *reader) reset() {
	// One field after the other: a copy of the whole would pass more pointers to the garbage collector.
	f := &r.f
	*f = Facts{
		Tables: empty(f.Tables), Writes: empty(f.Writes), Values: empty(f.Values), Columns: empty(f.Columns),
		Aggregates: empty(f.Aggregates), OrderBy: empty(f.OrderBy), InsertColumns: empty(f.InsertColumns), Set: empty(f.Set),
	}
	r.p, r.text, r.pieces, r.verb = nil, "", nil, ""
	r.i, r.over, r.seen, r.rows, r.call = 0, 0, 0, 0, callOther
	r.levels, r.tables, r.values, r.columns, r.ctes = empty(r.levels), empty(r.tables), empty(r.values), empty(r.columns), empty(r.ctes)
	r.unordered, r.rowSpans, r.items, r.elements = r.unordered[:0], r.rowSpans[:0], empty(r.items), empty(r.elements)
	r.sources, r.selected, r.copied = empty(r.sources), empty(r.selected), empty(r.copied)
}

// empty returns s without its elements, of which nothing is kept alive.
func empty[S ~[]E, E any](s S) S {
	clear(s)
	return s[:0]
}

// read notes the facts of p, whose text is made of pieces.
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

// finish settles what only the whole text tells.
func (r *reader) finish() {
	f := &r.f
	if f.Statements == 1 {
		f.Statements = 0
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

// facts copies what was noted to where it is kept.
func (r *reader) facts(k *kept) {
	f := &k.parsed.Facts
	*f = r.f
	f.Values = keep(k.values[:0], f.Values)
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
	names := k.names[:0]
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
		r.p.Partial = true // more values than are told apart
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

// at returns the piece n places away, or an empty one.
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

func (r *reader) str(p piece) string { return r.text[p.start:p.end] }

func (r *reader) textAt(i int) string { return r.str(r.pieceAt(i)) }

// is reports whether the piece n places away is the text.
func (r *reader) is(n int, text string) bool { return r.str(r.at(n)) == text }

// word reports whether the piece n places away is the word w, in any case.
func (r *reader) word(n int, w string) bool { return r.isWord(r.i+n, w) }

func (r *reader) isWord(i int, w string) bool {
	p := r.pieceAt(i)
	return p.kind == tokWord && len(w) == p.end-p.start && strings.EqualFold(r.str(p), w)
}
