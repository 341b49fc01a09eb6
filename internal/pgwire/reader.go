package pgwire

import (
	"bytes"
	"encoding/binary"
)

// A reader takes fields from the body of a message. Once a field is missing, short is set and all further ones are zero.
type reader struct {
	b     []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.b, r.short = nil, true
		return nil
	}
	field := r.b[:n]
	r.b = r.b[n:]
	return field
}

// rest returns what has not been taken.
func (r *reader) rest() []byte { return r.b }

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) int16() int {
	if b := r.take(2); b != nil {
		return int(binary.BigEndian.Uint16(b))
	}
	return 0
}

func (r *reader) int32() uint32 {
	if b := r.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

// text takes a text that ends with a zero byte.
func (r *reader) text() []byte {
	end := bytes.IndexByte(r.b, 0)
	if end < 0 {
		r.b, r.short = nil, true
		return nil
	}
	field := r.b[:end]
	r.b = r.b[end+1:]
	return field
}

// value takes the value of a column or parameter: nil for NULL.
func (r *reader) value() (v []byte, null bool) {
	n := int32(r.int32())
	if n == -1 || r.short {
		return nil, true
	}
	return r.take(int(n)), false
}
