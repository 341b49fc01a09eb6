package pgwire

import "encoding/binary"

// ofClient reads a message of the client.
func (s *Stream) ofClient(m message) {
	r := reader{b: m.body}
	switch m.kind {
	case 0:
		s.begin(m)
	case 'P':
		s.parse(&r, m.whole)
	case 'B':
		s.bind(&r, m.whole)
	case 'D':
		s.describe(&r)
	case 'E':
		s.execute(&r)
	case 'C':
		if what, name := r.byte(), r.text(); what == 'S' {
			s.forget(string(name))
		}
		s.push(request{kind: 'C'})
	case 'Q':
		x := s.execution()
		x.Seen, x.Simple = true, true
		text := r.rest()
		if m.whole {
			x.Text = s.intern(r.text())
		}
		if len(text) > maxText || !m.whole {
			x.Prefix = prefix(text)
		}
		s.push(request{kind: 'Q', x: x})
		if !s.off {
			s.h.Started(x, nil)
		}
	case 'S', 'F': // a function call ends as a Sync does
		s.push(request{kind: m.kind})
	case 'p', 'd', 'c', 'f', 'H', 'X':
	default:
		s.lose("a message of the client has an unknown type")
		return
	}
	if r.short && m.whole {
		s.lose("a message of the client is too short")
	}
}

// The codes of messages without a type, besides the numbers of versions.
const (
	codeCancel  = 80877102
	codeTLS     = 80877103
	codeGSS     = 80877104
	version3    = 3 << 16
	versionMask = 0xffff << 16
)

// begin reads a message that begins a connection.
func (s *Stream) begin(m message) {
	if len(m.body) < 4 {
		s.lose("the first message is too short")
		return
	}
	switch code := binary.BigEndian.Uint32(m.body); {
	case code == codeTLS, code == codeGSS:
		s.replies++
	case code == codeCancel:
		s.Stop()
	case code&versionMask != version3:
		s.lose("the protocol is not version 3")
	default:
		s.push(request{kind: 'S'}) // ReadyForQuery ends it, after the authentication
	}
}

func (s *Stream) push(r request) {
	if !s.off && !s.requests.push(r) {
		s.lose("too many requests are pending")
	}
}

func (s *Stream) parse(r *reader, whole bool) {
	st := &statement{name: string(r.text())}
	text := r.rest()
	if st.text = s.intern(r.text()); len(text) > maxText {
		st.prefix = prefix(text)
	}
	for n := min(r.int16(), maxParameters); n > 0 && !r.short; n-- {
		st.params = append(st.params, r.int32())
	}
	if r.short && !whole { // the text is too long to be kept
		st.text, st.params, st.prefix = "", nil, prefix(text)
	}
	s.push(request{kind: 'P', st: st})
	if st.name == "" {
		s.unnamed = st
		return
	}
	s.forget(st.name)
	if s.statements == nil || len(s.statements) >= maxStatements || s.texts+st.size() > maxTexts {
		s.statements, s.texts = make(map[string]*statement), 0
	}
	s.texts += st.size()
	s.statements[st.name] = st
}

// size returns the number of bytes that are kept of the text.
func (st *statement) size() int { return len(st.text) + len(st.prefix) }

// forget removes a prepared statement, if there is one with that name.
func (s *Stream) forget(name string) {
	if st := s.statements[name]; st != nil {
		s.texts -= st.size()
		delete(s.statements, name)
	}
}

// named returns a prepared statement; nil if it is not known.
func (s *Stream) named(name []byte) *statement {
	if len(name) == 0 {
		return s.unnamed
	}
	return s.statements[string(name)]
}

func (s *Stream) bind(r *reader, whole bool) {
	name := r.text()
	st := s.named(r.text())
	p := &s.params
	p.read(r, st)
	p.whole = whole || !r.short
	req := request{kind: 'B', st: st}
	if !r.short {
		req.formats.read(r)
	}
	if r.short {
		req.st = nil // the formats are not known
	}
	s.push(req)
	if len(name) > 0 || s.off {
		return // which portal is executed when is not followed
	}
	x := s.execution()
	x.Seen = true
	if st != nil {
		x.Name, x.Text, x.Prefix = st.name, st.text, st.prefix
	}
	s.portal = portal{x, st}
	s.h.Started(x, p)
}

func (s *Stream) describe(r *reader) {
	what, name := r.byte(), r.text()
	if what == 'S' {
		s.push(request{kind: 'D', st: s.named(name)})
		return
	}
	s.push(request{kind: 'd'})
}

func (s *Stream) execute(r *reader) {
	x := (*Execution)(nil)
	if name := r.text(); len(name) == 0 {
		x, s.portal.x = s.portal.x, nil
	}
	if x == nil {
		x = s.execution() // of a portal that is not followed, or once more
		x.Seen = true
	}
	s.push(request{kind: 'E', x: x})
}
