package replay

import (
	"cmp"
	"database/sql/driver"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/session"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A Scope is a scope of a recorded process.
type Scope struct {
	Frozen   *record.Frozen
	Complete bool // its end was recorded
}

// A Process is what a file says of the process that wrote it, apart from its scopes.
type Process struct {
	Package    string   // whose tests it ran; empty if it ran none
	Ended      bool     // the tests ended
	Lost       bool     // events were lost: the disk or the file was full
	Statements int      // all of them
	Outside    int      // statements while no test ran, as in TestMain, and in no other scope
	Unscoped   int      // statements while several tests ran, of which it is not known which one they belong to
	Open       []string // tests that did not end
	Unread     int      // statements on connections to PostgreSQL whose text is not known
	Unfollowed int      // connections to PostgreSQL whose messages were not understood, from some point on

	OpenRequests int // requests that did not end
}

// cacheBytes bounds the memory for fingerprints of texts.
const cacheBytes = 16 << 20

// The kinds of scopes; the recorder has the same constants.
const (
	kindOfTest    = 1
	kindOfRequest = 2
)

// A process is the state of a recorded process while its file is read.
type process struct {
	ended     func(Scope)
	out       Process
	texts     []string
	stacks    []stack.ID
	loops     [][]record.CountedLoop // by stack: those around it that count their turns
	scopes    map[uint64]*scope      // the open ones
	order     []*scope               // the open ones, and some that have ended
	databases map[uint64]*record.Database
	conns     map[uint64]*conn
	results   map[uint64]*result
	cache     *fingerprint.Cache
	texted    uint64 // how many transactions SQL text has begun

	wires   map[uint64]*wire
	servers map[uint64]*record.Database // by what identifies a server and what the client asked it for
	uses    map[stack.ID]use
}

// A scope is a scope of the process.
type scope struct {
	*record.Scope
	id     uint64
	name   string
	kind   byte
	parent *scope
	inner  int // open scopes of tests within
	over   bool
	route  route
}

// A conn is a connection.
type conn struct {
	tx         uint64 // 0 for no transaction
	scope      *scope // that began it
	stack      stack.ID
	byText     bool // begun by SQL text: only a text ends it
	savepoints session.Savepoints
}

// A result is an open result.
type result struct {
	*record.Result
	names []string
}

func (p *process) event(c *cursor) {
	switch kind := c.byte(); kind {
	case kindText:
		c.uint()
		p.texts = append(p.texts, string(c.b))
	case kindStack:
		p.stack(c)
	case kindLoops:
		p.countedLoops(c)
	case kindPackage:
		p.out.Package = p.text(c)
	case kindTestsEnd:
		p.out.Ended = true
	case kindScope:
		p.begin(c)
	case kindRoute:
		if s := p.scopes[c.uint()]; s != nil {
			method, pattern := p.text(c), p.text(c)
			s.route.add(method, pattern, int(c.uint()))
			s.SetName(s.route.name())
		}
	case kindEnd:
		if s := p.scopes[c.uint()]; s != nil && !s.over {
			p.end(s, true)
		}
	case kindDatabase:
		id := c.uint()
		driver, connection := p.text(c), p.text(c)
		if p.databases[id] != nil {
			return // another connection of it
		}
		p.databases[id] = &record.Database{Dialect: cmp.Or(record.DialectOf(held(driver)), record.DialectOf(held(connection)))}
	case kindBegin:
		*p.conn(c.uint()) = conn{tx: c.uint(), scope: p.open(c.uint()), stack: p.stackOf(c.uint())}
	case kindFinish:
		*p.conn(c.uint()) = conn{}
	case kindStatement:
		p.statement(c)
	case kindColumns:
		if r := p.results[c.uint()]; r != nil {
			for len(c.b) > 0 {
				r.names = append(r.names, p.text(c))
			}
		}
	case kindRow:
		p.row(c)
	case kindClose:
		p.close(c)
	case kindWire, kindWireSent, kindWireReceived, kindWireMore:
		p.wire(kind, c)
	}
}

// held reads what a driver or connection holds, as the recorder writes it.
func held(text string) (list []record.Held) {
	for entry := range strings.FieldsSeq(text) {
		if depth := int(entry[0] - '0'); depth >= 0 && depth <= record.MaxHeld {
			list = append(list, record.Held{Depth: depth, Path: entry[1:]})
		}
	}
	return list
}

// text returns the text with the number that comes next.
func (p *process) text(c *cursor) string {
	if id := c.uint(); id < uint64(len(p.texts)) {
		return p.texts[id]
	}
	return ""
}

func (p *process) stackOf(id uint64) stack.ID {
	if id < uint64(len(p.stacks)) {
		return p.stacks[id]
	}
	return 0
}

func (p *process) conn(id uint64) *conn {
	if p.conns[id] == nil {
		p.conns[id] = new(conn)
	}
	return p.conns[id]
}

// stack reads the frames of a stack.
func (p *process) stack(c *cursor) {
	c.uint()
	var frames []runtime.Frame
	for len(c.b) > 0 {
		f := runtime.Frame{Function: p.text(c), File: p.text(c), Line: int(c.uint())}
		if !strings.HasPrefix(f.Function, "internal.") || len(frames) > 0 { // the recorder's own frames are the innermost
			frames = append(frames, f)
		}
	}
	p.stacks = append(p.stacks, stack.Intern(frames))
}

func (p *process) begin(c *cursor) {
	id, parent, kind := c.uint(), c.uint(), c.byte()
	name, begun := p.text(c), p.stackOf(c.uint())
	s := &scope{Scope: record.New(name, begun), id: id, name: name, kind: kind, parent: p.open(parent)}
	if kind == kindOfTest {
		for up := s.parent; up != nil; up = up.parent {
			up.inner++
		}
	}
	p.scopes[id] = s
	if len(p.order) > 2*len(p.scopes)+64 {
		p.order = slices.DeleteFunc(p.order, func(s *scope) bool { return s.over })
	}
	p.order = append(p.order, s)
}

// open returns the scope with a number; nil if it has ended.
func (p *process) open(id uint64) *scope {
	if s := p.scopes[id]; s != nil && !s.over {
		return s
	}
	return nil
}

// end ends a scope.
func (p *process) end(s *scope, complete bool) {
	s.over = true
	delete(p.scopes, s.id)
	if s.kind == kindOfTest {
		for up := s.parent; up != nil; up = up.parent {
			up.inner--
		}
	}
	if frozen, ok := s.Scope.End(); ok {
		p.ended(Scope{Frozen: frozen, Complete: complete})
	}
}

// onlyTest returns the test that runs if there is only one: all other open tests wait for it.
func (p *process) onlyTest() *scope {
	var only *scope
	for _, s := range p.order {
		if s.over || s.kind != kindOfTest || s.inner > 0 {
			continue
		}
		if only != nil {
			return nil
		}
		only = s
	}
	return only
}

// statement reads a statement and records it in its scope.
func (p *process) statement(c *cursor) {
	marked := p.open(c.uint())
	st := &record.Statement{Goroutine: uint32(c.uint())}
	database, on, id, textID := c.uint(), p.conn(c.uint()), c.uint(), c.uint()
	stackID := c.uint()
	st.Stack = p.stackOf(stackID)
	st.Start, st.Duration = time.Duration(c.uint()), time.Duration(c.uint())
	flags := c.byte()
	text := ""
	if textID == 0 {
		text = string(c.bytes(c.uint()))
	} else if textID < uint64(len(p.texts)) {
		text = p.texts[textID]
	}
	st.Loops, st.Counts = p.counts(c, stackID)
	if st.Database = p.databases[database]; st.Database == nil {
		return // it was not recorded
	}
	p.out.Statements++
	st.Parsed = p.cache.Parse(st.Database.Dialect, text)
	st.Failed, st.Fresh = flags&flagFailed != 0, flags&flagFresh != 0
	for n, i := c.uint(), 0; i < int(n) && !c.short; i++ {
		name := string(c.bytes(c.uint()))
		st.Args = append(st.Args, driver.NamedValue{Name: name, Ordinal: i + 1, Value: c.value(0)})
	}
	s := p.scopeOf(marked, on)
	if !st.Failed {
		p.followTransaction(on, st.Database.Dialect, st.Parsed, s, st.Stack)
	}
	if s == nil {
		p.unscoped()
		return
	}
	on.of(st)
	if flags&flagRows == 0 {
		s.Observe(st, nil)
		return
	}
	r := new(record.Result)
	if s.Observe(st, r) {
		p.results[id] = &result{Result: r}
	}
}

// unscoped counts a statement without a scope.
func (p *process) unscoped() {
	if slices.ContainsFunc(p.order, func(s *scope) bool { return !s.over && s.kind == kindOfTest }) {
		p.out.Unscoped++
	} else {
		p.out.Outside++
	}
}

// scopeOf returns the scope of a statement on a connection; nil for none.
func (p *process) scopeOf(marked *scope, on *conn) *scope {
	switch {
	case marked != nil:
		return marked
	case on.scope != nil && !on.scope.over:
		return on.scope
	}
	return p.onlyTest()
}

// of says in a statement which transaction and savepoint of the connection it runs in.
func (on *conn) of(st *record.Statement) {
	st.Tx, st.TxStack = on.tx, on.stack
	st.Savepoint, st.SavepointStack = on.savepoints.Innermost()
}

// followTransaction follows transactions and savepoints that SQL text begins and ends.
func (p *process) followTransaction(on *conn, d fingerprint.Dialect, parsed *fingerprint.Parsed, s *scope, at stack.ID) {
	text := session.Text{Parsed: parsed, Dialect: d, At: at}
	if s != nil {
		text.Scope = s.Scope
	}
	switch on.savepoints.Follow(&text, on.tx != 0) {
	case session.Begins:
		savepoints := on.savepoints
		*on = p.begunByText(s, at)
		on.savepoints = savepoints
	case session.Ends:
		*on = conn{}
	}
}

// begunByText returns the state of a connection on which SQL text has begun a transaction.
func (p *process) begunByText(s *scope, at stack.ID) conn {
	p.texted++
	return conn{tx: p.texted | byText, scope: s, stack: at, byText: true}
}

// byText is a bit that the numbers of transactions by text have, and those of the recorder have not.
const byText = 1 << 63

// row shows a row of a result to its scope.
func (p *process) row(c *cursor) {
	r := p.results[c.uint()]
	if r == nil || !r.WantsRows() {
		return
	}
	row := make([]driver.Value, 0, len(r.names))
	for len(c.b) > 0 {
		row = append(row, c.value(0))
	}
	if len(row) < len(r.names) {
		row = append(row, value.Unread{Type: "a value beyond the limit of the recorder"})
	}
	r.Row(r.names, row)
}

func (p *process) close(c *cursor) {
	id := c.uint()
	r := p.results[id]
	if r == nil {
		return
	}
	delete(p.results, id)
	rows, scanned, flags, took := int(c.uint()), int(c.uint()), c.byte(), time.Duration(c.uint())
	if flags&flagCapped != 0 && r.WantsRows() { // the rest of the rows is unknown
		r.Row(r.names, []driver.Value{value.Unread{Type: "rows beyond the limit of the recorder"}})
	}
	r.ScannedRows(scanned)
	if flags&flagDrained != 0 {
		r.Drained()
	}
	r.Close(rows, took)
}
