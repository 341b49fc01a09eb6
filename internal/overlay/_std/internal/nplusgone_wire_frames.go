package internal

import "unsafe"

// wireFrames is the state of one direction.
type wireFrames struct {
	header [5]byte
	have   int // bytes of the header
	left   int // bytes of the body to come, when the header is complete
	keep   int // how many of them are written
	mode   byte
}

// What is written of a message.
const (
	wireNothing = iota
	wireHeader  // that it was there
	wireBody    // the beginning of its body, too
)

// The limits of what is written: bytes of a message of the client or a description, of a row, rows of a result, and bytes of them.
const (
	wireMaxMessage = 60 << 10
	wireMaxRow     = 32 << 10
	wireMaxRows    = 1 << 16
	wireMaxBytes   = 16 << 20
)

// The items of an event of a connection. Each is the number n times four, plus one of these.
const (
	itemBytes   = 0 // n bytes follow
	itemMissing = 1 // n bytes of the message are missing
	itemRows    = 2 // the messages of n rows are missing
	itemLost    = 3 // the connection is not followed from here on
)

// begins reports whether a message begins in b that executes a statement.
//
//go:norace
func (f *wireFrames) begins(b []byte) bool {
	at := 0
	if f.have == len(f.header) {
		at = f.left
	}
	for have := f.have % len(f.header); at < len(b); have = 0 {
		kind := b[at]
		if have > 0 {
			kind = f.header[0]
		}
		if kind == 'Q' || kind == 'B' || kind == 'E' || kind == 'P' {
			return true
		}
		length := 0
		for i := max(have, 1); i < len(f.header); i++ { // the part of the length that is in b
			if at+i-have >= len(b) {
				return false
			}
			length = length<<8 | int(b[at+i-have])
		}
		for i := have - 1; i > 0; i-- {
			length |= int(f.header[i]) << (8 * (4 - i))
		}
		at += len(f.header) - have + max(length-4, 0)
	}
	return false
}

// put writes what is needed of b, as items of the event. It reports whether the bytes are messages.
//
//go:norace
func (c *wireConn) put(f *wireFrames, b []byte, client bool) bool {
	run := 0 // what is written and not in an item yet is b[run:at]
	at := 0
	for at < len(b) {
		if f.have == 0 && !client {
			if end := c.skipRows(b, at); end > at {
				c.bytesItem(b[run:at], client)
				at, run = end, end
				continue
			}
		}
		if f.have < len(f.header) {
			from := at
			for f.have < len(f.header) && at < len(b) {
				f.header[f.have] = b[at]
				f.have++
				at++
			}
			whole := at-from == len(f.header)
			if f.have < len(f.header) {
				c.bytesItem(b[run:from], client)
				return true
			}
			if f.left = wireWord(f.header[:], 1) - 4; f.left < 0 || f.left > 1<<30 || !c.choose(f, client) {
				c.bytesItem(b[run:from], client)
				return false
			}
			if whole && f.mode == wireBody && c.omitted == 0 {
				// The run goes on.
			} else {
				c.bytesItem(b[run:from], client)
				run = at
				if f.mode != wireNothing {
					c.rowsItem(client)
					if f.mode == wireHeader {
						f.header[1], f.header[2], f.header[3], f.header[4] = 0, 0, 0, 4
					}
					c.bytesItem(f.header[:], client)
				}
			}
		}
		n := min(f.left, len(b)-at)
		kept := min(n, f.keep)
		f.left, f.keep = f.left-n, f.keep-kept
		at += kept
		if kept < n {
			c.bytesItem(b[run:at], client)
			if f.mode == wireBody {
				c.room(16, client)
				putUint(uint64(n-kept)<<2 | itemMissing)
			}
			at += n - kept
			run = at
		}
		if f.left == 0 {
			f.have = 0
		}
	}
	c.bytesItem(b[run:at], client)
	c.rowsItem(client)
	return true
}

// skipRows returns the end of the rows that begin at an offset of b and are not written.
//
//go:norace
func (c *wireConn) skipRows(b []byte, at int) (end int) {
	for (c.quiet || c.rows >= wireMaxRows || c.bytes > wireMaxBytes) && len(b)-at >= 5 && b[at] == 'D' {
		n := wireWord(b, at+1) + 1
		if n < 5 || n > len(b)-at {
			break
		}
		c.rows++
		c.omitted++
		at += n
	}
	return at
}

// choose decides what is written of the message whose header is complete. It reports whether there is such a message.
//
//go:norace
func (c *wireConn) choose(f *wireFrames, client bool) bool {
	kind := f.header[0]
	f.mode, f.keep = wireNothing, 0
	if client {
		switch kind {
		case 'Q', 'P', 'B', 'D', 'E', 'C', 'S', 'H', 'X':
			f.mode, f.keep = wireBody, wireMaxMessage
		case 'F':
			f.mode = wireHeader
		case 'p', 'd', 'c', 'f': // passwords, and the contents of COPY
		default:
			return false
		}
		return true
	}
	switch kind {
	case 'D':
		if c.rows++; c.quiet || c.rows > wireMaxRows || c.bytes > wireMaxBytes {
			c.omitted++
			break
		}
		f.mode, f.keep = wireBody, wireMaxRow
		c.bytes += min(f.left, wireMaxRow)
	case 'T', 't', '1', '2', '3', 'n':
		f.mode, f.keep = wireBody, wireMaxMessage
	case 'I', 's', 'Z':
		f.mode, f.keep = wireBody, wireMaxMessage
		c.rows, c.bytes = 0, 0
	case 'C', 'E':
		f.mode = wireHeader
		c.rows, c.bytes = 0, 0
	case 'G', 'H', 'W':
		f.mode = wireHeader
	case 'R', 'K', 'S', 'N', 'A', 'v', 'V', 'd', 'c':
	default:
		return false
	}
	return true
}

// bytesItem writes bytes.
//
//go:norace
//go:nocheckptr
func (c *wireConn) bytesItem(b []byte, client bool) {
	for len(b) > 0 {
		c.room(64, client)
		n := min(len(b), maxEvent-size-16)
		putUint(uint64(n)<<2 | itemBytes)
		i := 0
		for ; i+8 <= n; i += 8 {
			*(*uint64)(unsafe.Pointer(&event[size+i])) = *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), i))
		}
		for ; i < n; i++ {
			event[size+i] = b[i]
		}
		size += n
		b = b[n:]
	}
}

// rowsItem writes how many rows were left out.
//
//go:norace
func (c *wireConn) rowsItem(client bool) {
	if client || c.omitted == 0 {
		return
	}
	c.room(16, client)
	putUint(uint64(c.omitted)<<2 | itemRows)
	c.omitted = 0
}

// room makes room for n bytes: if there is none, the event continues in another one.
//
//go:norace
func (c *wireConn) room(n int, client bool) {
	if maxEvent-size > n {
		return
	}
	commit()
	begin(kindWireMore)
	putUint(c.id)
	if client {
		putByte(1)
	} else {
		putByte(0)
	}
}
