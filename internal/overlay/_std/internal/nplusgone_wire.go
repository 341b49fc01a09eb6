package internal

import (
	"internal/runtime/atomic"
	"unsafe"
)

// A Wire follows one connection to PostgreSQL: what packages net and crypto/tls send and receive on it. The zero value is for a
// connection on which nothing was sent. A connection that does not begin as PostgreSQL's protocol does is ignored.
//
// The recorder reads the frames of messages, so that it can leave out those that are not needed; the command reads the messages.
// Nothing of the start-up phase is written, so neither names nor passwords are.
type Wire struct {
	state uint32
	conn  *wireConn // if it is followed
}

// The states of a Wire.
const (
	wireNew      = 0
	wireFollowed = 1
	wireOther    = 2 // another protocol, or one that is not understood
)

// A wireConn is the state of a connection that is followed. The lock guards it.
type wireConn struct {
	id             uint64
	sent, received wireFrames
	quiet          bool // package database/sql runs the latest statement: it is recorded there, so its rows are not written
	rows           int  // of the current result
	bytes          int  // of its rows
	omitted        int  // rows that were not written, since the latest thing that was
}

// Start returns the time at which something is received; 0 on a connection that is not followed.
//
//go:norace
func (w *Wire) Start() int64 {
	if atomic.Load(&w.state) != wireFollowed {
		return 0
	}
	return nanotime()
}

// Sent records what the calling goroutine is about to send. address is that of the server, for the first bytes.
//
//go:norace
func (w *Wire) Sent(b []byte, address func() string) {
	if !on || w.state == wireOther {
		return
	}
	if w.state == wireNew {
		w.first(b, address)
		return
	}
	start := nanotime()
	hash, _ := walk(maxDepth)
	scope := current()
	c := w.conn
	lock()
	if !c.sent.begins(b) {
		begin(kindWireMore)
		putUint(c.id)
		putByte(1)
	} else {
		stack, self := stackID(hash), goroutine()
		c.quiet = ofSQL(stack)
		begin(kindWireSent)
		putUint(c.id)
		putUint(scope)
		putUint(self)
		putUint(stack)
		putUint(uint64(start))
		if c.quiet {
			putByte(1)
		} else {
			putByte(0)
		}
		putLoops(stack, self)
	}
	w.end(c.put(&c.sent, b, true))
	unlock()
}

// Received records what was received since start, which is the result of Start.
//
//go:norace
func (w *Wire) Received(b []byte, start int64) {
	if atomic.Load(&w.state) != wireFollowed || len(b) == 0 {
		return
	}
	now := nanotime()
	if start == 0 {
		start = now
	}
	hash, _ := walk(maxDepth)
	c := w.conn
	lock()
	stack := uint64(0)
	if c.rows > 0 && !c.quiet { // who reads the rest of a result says whether the application has read it to the end
		stack = stackID(hash)
	}
	begin(kindWireReceived)
	putUint(c.id)
	putUint(uint64(now))
	putUint(uint64(now - start))
	putUint(stack)
	w.end(c.put(&c.received, b, false))
	unlock()
}

// end writes the event. If the bytes are not PostgreSQL's protocol, the connection is not followed from there on.
//
//go:norace
func (w *Wire) end(ok bool) {
	if !ok {
		putUint(itemLost)
		atomic.Store(&w.state, wireOther)
	}
	commit()
}

// The codes of the messages without a type that begin a connection.
const (
	wireVersion = 3
	wireTLS     = 80877103
	wireGSS     = 80877104
)

// first reads the first bytes that are sent on a connection.
//
//go:norace
func (w *Wire) first(b []byte, address func() string) {
	if len(b) < 8 || wireWord(b, 0) != len(b) {
		w.state = wireOther
		return
	}
	code := wireWord(b, 4)
	switch {
	case len(b) == 8 && (code == wireTLS || code == wireGSS):
		return // what follows is either encrypted or the start-up message
	case code>>16 != wireVersion || !wireStarts(b):
		w.state = wireOther
		return
	}
	server := hashText(unsafe.String(&b[0], len(b)))*31 ^ hashText(address())
	c := &wireConn{id: NewID()}
	w.conn = c
	lock()
	begin(kindWire)
	putUint(c.id)
	putUint(server)
	commit()
	unlock()
	atomic.Store(&w.state, wireFollowed)
}

// wireWord returns the number at an offset.
//
//go:norace
func wireWord(b []byte, at int) int {
	return int(b[at])<<24 | int(b[at+1])<<16 | int(b[at+2])<<8 | int(b[at+3])
}

// wireStarts reports whether the parameters of a start-up message, pairs of names and values that an empty name ends, have a user.
//
//go:norace
func wireStarts(b []byte) (user bool) {
	const name = "user"
	at := 8
	for at < len(b) && b[at] != 0 {
		same := len(b)-at > len(name) && b[at+len(name)] == 0
		for i := 0; same && i < len(name); i++ {
			same = b[at+i] == name[i]
		}
		user = user || same
		for range 2 {
			for at < len(b) && b[at] != 0 {
				at++
			}
			at++
		}
	}
	return user && at == len(b)-1
}

// sqlStacks has a bit for each stack whose statement is recorded by package database/sql.
var sqlStacks bits

// ofSQL reports whether package database/sql records the statement of a stack. It is true for a stack without a number.
//
//go:norace
func ofSQL(stack uint64) bool {
	return stack == 0 || sqlStacks.hasLocked(stack)
}

// findSQL finds whether package database/sql records the statements of a new stack: it does if it calls the driver. A function that
// (*sql.Conn).Raw calls uses the driver's connection itself.
//
//go:norace
func findSQL(stack uint64, function string) (found bool) {
	const pkg, raw = "database/sql.", "database/sql.(*Conn).Raw"
	if !hasPrefix(function, pkg) {
		return false
	}
	if !hasPrefix(function, raw) {
		sqlStacks.addLocked(stack)
	}
	return true
}

//go:norace
func hasPrefix(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := 0; i < len(prefix); i++ {
		if s[i] != prefix[i] {
			return false
		}
	}
	return true
}
