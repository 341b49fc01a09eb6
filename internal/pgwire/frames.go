package pgwire

import "encoding/binary"

// A message is one message of the protocol.
type message struct {
	kind  byte   // 0 for one without a type, which only begins a connection
	body  []byte // valid until the next call
	whole bool   // body is complete
}

// frames finds the messages in the bytes of one direction, however they are cut.
type frames struct {
	untyped  bool       // the next message has no type
	skip     *[256]bool // kinds whose bodies are not needed
	skipRows bool       // nor those of rows

	header [5]byte
	have   int    // bytes of the header
	left   int    // bytes of the body that are still to come, when the header is complete
	piece  []byte // the beginning of the body, when it arrives in pieces
	cut    bool   // the body is longer than piece may be
}

// next returns the first message that is complete with b, and the bytes that follow it. ok is false if there is none; bad
// says that a length is impossible.
func (f *frames) next(b []byte) (m message, rest []byte, ok, bad bool) {
	size := 5
	if f.untyped {
		size = 4
	}
	if f.have < size {
		n := copy(f.header[f.have:size], b)
		f.have += n
		b = b[n:]
		if f.have < size {
			return m, nil, false, false
		}
		length := binary.BigEndian.Uint32(f.header[size-4:])
		if length < 4 || length > 1<<30 {
			return m, nil, false, true
		}
		f.left, f.piece, f.cut = int(length)-4, f.piece[:0], false
	}
	if !f.untyped {
		m.kind = f.header[0]
	}
	if len(f.piece) == 0 && !f.cut && len(b) >= f.left {
		m.body, m.whole = b[:f.left], true
		rest = b[f.left:]
		f.have, f.left, f.untyped = 0, 0, false
		return m, rest, true, false
	}
	n := min(len(b), f.left)
	if f.skip[m.kind] || f.skipRows && m.kind == 'D' {
		f.cut = true
	} else {
		kept := min(n, maxPiece-len(f.piece))
		f.piece = append(f.piece, b[:kept]...)
		f.cut = f.cut || kept < n
	}
	f.left -= n
	if f.left > 0 {
		return m, nil, false, false
	}
	m.body, m.whole = f.piece, !f.cut
	f.have, f.untyped = 0, false
	if cap(f.piece) > keptPiece {
		f.piece = nil
	}
	return m, b[n:], true, false
}

// omit says that n bytes of the message that has begun are not available, and returns the message if they end it. bad says that
// no message has begun, or that it is shorter.
func (f *frames) omit(n int) (m message, ok, bad bool) {
	if f.untyped || f.have < len(f.header) || n > f.left {
		return m, false, true
	}
	f.left -= n
	f.cut = true
	if f.left > 0 {
		return m, false, false
	}
	m.kind, m.body, f.have = f.header[0], f.piece, 0
	return m, true, false
}
