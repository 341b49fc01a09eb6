package pgwire

import "sync"

// A Handler is called for what passes on a connection. Its methods are called by Sent and Received, one at a time: they must not
// call the Stream.
type Handler interface {
	// Started says that the client asked for an execution. params are nil for the simple protocol. They are valid during
	// the call only; x is until Done or Failed have returned.
	Started(x *Execution, params *Params)

	// Result says that the server has begun to return a result of x, or has ended one without rows. c is nil if its columns
	// are not known. If it returns false, the rows are counted only.
	Result(x *Execution, c *Columns) (rows bool)

	// Row has one row of the result.
	Row(x *Execution, r Row)

	// Done says that the result is complete. In the simple protocol, x may have several.
	Done(x *Execution)

	// Failed says that the server returned an error for x.
	Failed(x *Execution)

	// Lost says that the connection is no longer followed, and why.
	Lost(why string)
}

// An Execution is one execution of a statement.
type Execution struct {
	Name   string // of the prepared statement; "" for one without a name
	Text   string // "" if it is not known, or too long
	Prefix string // the beginning of a text that is too long
	Seen   bool   // the request was seen. Otherwise it was sent past Sent, and only its result is known.
	Simple bool   // in the simple protocol: Text may have several statements
	Empty  bool   // the text has no statement, so that the server executed nothing: it is set before Result
	Rows   int    // of the current result so far
	Index  int    // for the handler
	Owner  any    // for the handler

	columns *Columns // of the current result; nil if they are not known
	begun   bool     // Result was called for the current result
	wanted  bool     // Result returned true
}

// A statement is a prepared statement.
type statement struct {
	name, text string
	prefix     string // of a text that is too long
	params     []uint32
	columns    *Columns // as described; nil if that is not known
	bound      *Columns // the same, in the formats that were asked for last
}

// A request is a message that the server reacts to.
type request struct {
	kind    byte       // of the message; 'd' for the description of a portal
	st      *statement // of 'P', 'D' and 'B'
	x       *Execution // of 'E' and 'Q'
	formats formats    // of 'B'
}

// A Stream follows one connection. Its methods are safe for concurrent use, as by one goroutine that writes and one that reads.
// A caller that locks it keeps the Handler from being called.
type Stream struct {
	sync.Mutex // held by Sent and Received, also while they call the Handler

	h       Handler
	off     bool
	begun   bool // the client has sent something
	replies int  // bytes to come that end a request for encryption
	status  byte // of the transaction, as the server said last; 0 before that

	client, server frames
	requests       queue
	statements     map[string]*statement
	texts          int        // bytes of the texts of statements
	unnamed        *statement // the statement without a name
	portal         portal     // the one without a name
	columns        *Columns   // of the portal that the server has bound or described last
	layouts        layouts
	text           string     // the latest text
	unseen         *Execution // what the server executes without a request; nil for nothing
	params         Params
	free           []*Execution
}

// A portal is a statement with its parameters.
type portal struct {
	x  *Execution // nil if there is none, or it was executed
	st *statement
}

// New returns a Stream for a new connection.
func New(h Handler) *Stream {
	return &Stream{h: h, client: frames{skip: &skippedOfClient}, server: frames{skip: &skippedOfServer}}
}

var (
	skippedOfClient = set("dcfpHSXF")
	skippedOfServer = set("dNASRKGHWcvVE")
)

func set(kinds string) (s [256]bool) {
	for _, k := range []byte(kinds) {
		s[k] = true
	}
	return s
}

// Sent reads bytes that the client is about to write.
func (s *Stream) Sent(b []byte) {
	s.Lock()
	defer s.Unlock()
	if !s.begun && len(b) > 0 {
		s.begun = true
		s.client.untyped = b[0] == 0 // otherwise the connection has begun before
	}
	for !s.off && len(b) > 0 {
		m, rest, ok, bad := s.client.next(b)
		if bad {
			s.lose("a message of the client has an impossible length")
		}
		if !ok || s.off {
			return
		}
		b = rest
		s.ofClient(m)
	}
}

// Received reads bytes that the client has read.
func (s *Stream) Received(b []byte) {
	s.Lock()
	defer s.Unlock()
	for s.replies > 0 && len(b) > 0 && !s.off {
		s.replies--
		if b[0] != 'N' {
			s.off = true // encrypted from here on
		}
		b = b[1:]
		s.client.untyped = true
	}
	for !s.off && len(b) > 0 {
		m, rest, ok, bad := s.server.next(b)
		if bad {
			s.lose("a message of the server has an impossible length")
		}
		if !ok || s.off {
			return
		}
		b = rest
		s.ofServer(m)
	}
}

// SentWithout says that the client is about to write n bytes, of the message that it has begun, which are not available.
func (s *Stream) SentWithout(n int) { s.without(&s.client, n, s.ofClient) }

// ReceivedWithout says that the client has read n bytes, of the message that it has begun to read, which are not available.
func (s *Stream) ReceivedWithout(n int) { s.without(&s.server, n, s.ofServer) }

func (s *Stream) without(f *frames, n int, read func(message)) {
	s.Lock()
	defer s.Unlock()
	if s.off {
		return
	}
	m, ok, bad := f.omit(n)
	if bad {
		s.lose("more bytes are missing than the message has")
	}
	if ok && !s.off {
		read(m)
	}
}

// ReceivedRows says that the client has read the messages of n rows, which are not available. They are counted, and for all of
// them Row is called once, with a row whose values are unread.
func (s *Stream) ReceivedRows(n int) {
	s.Lock()
	defer s.Unlock()
	if s.off || n <= 0 {
		return
	}
	s.row(message{kind: 'D'})
	if req := s.requests.head(); req != nil && req.x != nil {
		req.x.Rows += n - 1
	}
}

// Status returns the state of the transaction as the server said last: 'I' for none, 'T', 'E' for one that failed, and 0 if it
// has not said any yet. idle says that no request is pending.
func (s *Stream) Status() (transaction byte, idle bool) {
	s.Lock()
	defer s.Unlock()
	return s.status, s.requests.n == 0
}

// lose gives the connection up.
func (s *Stream) lose(why string) {
	if s.off {
		return
	}
	s.Stop()
	s.h.Lost(why)
}

// Stop ends the reading. It is called with the lock held.
func (s *Stream) Stop() {
	s.off = true
	s.requests, s.statements, s.unnamed, s.portal, s.columns, s.layouts, s.unseen, s.free = queue{}, nil, nil, portal{}, nil, nil, nil, nil
	s.client.piece, s.server.piece = nil, nil
}

// execution returns an Execution that is not in use.
func (s *Stream) execution() *Execution {
	if n := len(s.free); n > 0 {
		x := s.free[n-1]
		s.free = s.free[:n-1]
		return x
	}
	return new(Execution)
}

// release takes back an execution that has ended.
func (s *Stream) release(x *Execution) {
	*x = Execution{}
	if len(s.free) < 16 {
		s.free = append(s.free, x)
	}
}

// Expect says that the client is about to send a text. It is then kept as it is, not copied for each connection. Expect is
// called with the lock held.
func (s *Stream) Expect(text string) {
	if len(text) <= maxText {
		s.text = text
	}
}

// prefix returns the beginning of a text of which b is known.
func prefix(b []byte) string { return string(b[:min(len(b), maxPrefix)]) }

// intern returns b as a text. A statement that runs in a loop is sent with the same text again and again.
func (s *Stream) intern(b []byte) string {
	if len(b) > maxText {
		return ""
	}
	if s.text != string(b) {
		s.text = string(b)
	}
	return s.text
}
