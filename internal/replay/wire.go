package replay

import (
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/pgrecord"
	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// The items of an event of a connection; the recorder has the same constants.
const (
	itemBytes   = 0
	itemMissing = 1
	itemRows    = 2
	itemLost    = 3
)

// A wire is a connection to PostgreSQL whose messages were recorded. wire_handler.go has what is done with them.
type wire struct {
	conn
	p        *process
	database *record.Database
	stream   *pgwire.Stream

	call    call          // the latest write that executes a statement
	now     time.Duration // when the latest bytes were received
	reading time.Duration // time spent in receiving, ever
	reader  use           // by which function the rest of a result is read
	pieces  uint64        // how often something was received
	units   []*unit       // of the round trip
	cells   pgrecord.Cells
}

// A call is what is known of the write of a statement.
type call struct {
	marked    *scope
	goroutine uint32
	stack     stack.ID
	start     time.Duration
	counted   bool // package database/sql records the statement
	loops     []record.CountedLoop
	counts    []record.LoopCount
}

// server is what is known of a server: connections to the same database of it share an identity.
func (p *process) server(hash uint64) *record.Database {
	if p.servers == nil {
		p.servers = make(map[uint64]*record.Database)
	}
	if p.servers[hash] == nil {
		p.servers[hash] = &record.Database{Dialect: fingerprint.PostgreSQL}
	}
	return p.servers[hash]
}

// wire reads an event of a connection.
func (p *process) wire(kind byte, c *cursor) {
	id := c.uint()
	if kind == kindWire {
		w := &wire{p: p, database: p.server(c.uint())}
		w.stream = pgwire.New(w)
		if p.wires == nil {
			p.wires = make(map[uint64]*wire)
		}
		p.wires[id] = w
		return
	}
	w := p.wires[id]
	if w == nil {
		return
	}
	switch kind {
	case kindWireSent:
		w.call = call{marked: p.open(c.uint()), goroutine: uint32(c.uint())}
		at := c.uint()
		w.call.stack, w.call.start, w.call.counted = p.stackOf(at), time.Duration(c.uint()), c.byte() == 1
		w.call.loops, w.call.counts = p.counts(c, at)
		w.items(c, true)
	case kindWireReceived:
		w.now = time.Duration(c.uint())
		w.reading += time.Duration(c.uint())
		w.reader = p.useOf(p.stackOf(c.uint()))
		w.pieces++
		w.items(c, false)
	case kindWireMore:
		w.items(c, c.byte() == 1)
	}
	w.settle()
}

// items reads what passed on the connection.
func (w *wire) items(c *cursor, client bool) {
	for len(c.b) > 0 {
		item := c.uint()
		n := int(min(item>>2, 1<<30))
		switch {
		case item&3 == itemLost:
			w.Lost("a message was not understood")
			c.b = nil
		case item&3 == itemRows:
			w.stream.ReceivedRows(n)
		case item&3 == itemMissing && client:
			w.stream.SentWithout(n)
		case item&3 == itemMissing:
			w.stream.ReceivedWithout(n)
		case client:
			w.stream.Sent(c.bytes(uint64(n)))
		default:
			w.stream.Received(c.bytes(uint64(n)))
		}
	}
}

// A use says which function of pgx executes a statement or reads a result. It is a fact about pgx's own functions; the application's
// names have no part in it.
type use uint8

const (
	useUnknown use = iota
	useExec        // Exec: the application gets no rows
	useRow         // QueryRow: it gets the first row
	useNext        // Next: it reads the rows
	useClose       // Close: it does not read what is left
	useBatch       // SendBatch: in the simple protocol, one text has all statements
)

// useOf returns which function of pgx is on a stack: of the innermost call of pgx from outside.
func (p *process) useOf(id stack.ID) (u use) {
	if id == 0 {
		return useUnknown
	}
	if u, known := p.uses[id]; known {
		return u
	}
	within := false
	for _, f := range id.Frames() {
		name, jackc := strings.CutPrefix(f.Function, "github.com/jackc/")
		if !jackc && within {
			break
		}
		name, pgx := strings.CutPrefix(name, "pgx/v")
		if name = strings.TrimLeft(name, "0123456789"); !jackc || !pgx || !strings.HasPrefix(name, ".") {
			continue // of package net, or of another one of pgx
		}
		within = true
		switch name[strings.LastIndexByte(name, '.')+1:] {
		case "Exec":
			u = useExec
		case "QueryRow":
			u = useRow
		case "SendBatch":
			u = useBatch
		case "Next":
			u = useNext
		case "Close":
			if u == useUnknown { // Next calls Close at the end
				u = useClose
			}
		}
	}
	if p.uses == nil {
		p.uses = make(map[stack.ID]use)
	}
	p.uses[id] = u
	return u
}
