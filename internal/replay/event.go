package replay

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/nplusgone/nplusgone/internal/value"
)

// The kinds of events; the recorder has the same constants.
const (
	kindText      = 1
	kindStack     = 2
	kindPackage   = 3
	kindScope     = 4
	kindRoute     = 5
	kindEnd       = 6
	kindDatabase  = 7
	kindBegin     = 8
	kindFinish    = 9
	kindStatement = 10
	kindColumns   = 11
	kindRow       = 12
	kindClose     = 13
	kindTestsEnd  = 14
	kindLoops     = 15

	kindWire         = 16
	kindWireSent     = 17
	kindWireReceived = 18
	kindWireMore     = 19
)

// The flags of a statement and of a closed result; the recorder has the same constants.
const (
	flagFailed = 1 << iota
	flagFresh
	flagRows
)

const (
	flagDrained = 1 << iota
	flagCapped
)

// The forms of a value; the recorder has the same constants.
const (
	formNull   = 0
	formInt    = 1
	formFloat  = 2
	formTrue   = 3
	formFalse  = 4
	formString = 5
	formBytes  = 6
	formTime   = 7
	formUUID   = 8
	formList   = 9
	formUnread = 10
	formDigest = 11
)

// A cursor reads the fields of an event. What is beyond its end is zero, and a value there is unread.
type cursor struct {
	b     []byte
	short bool // something was beyond the end
}

func (c *cursor) byte() byte {
	if len(c.b) == 0 {
		c.short = true
		return 0
	}
	b := c.b[0]
	c.b = c.b[1:]
	return b
}

func (c *cursor) uint() uint64 {
	n, size := binary.Uvarint(c.b)
	if size <= 0 {
		c.b, c.short = nil, true
		return 0
	}
	c.b = c.b[size:]
	return n
}

func (c *cursor) signed() int64 {
	n := c.uint()
	return int64(n>>1) ^ -int64(n&1)
}

func (c *cursor) bytes(n uint64) []byte {
	if n > uint64(len(c.b)) {
		n, c.short = uint64(len(c.b)), true
	}
	b := c.b[:n]
	c.b = c.b[n:]
	return b
}

func (c *cursor) word() uint64 {
	b := c.bytes(8)
	if len(b) < 8 {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}

// maxNested is how deep lists may be nested.
const maxNested = 4

// value returns the next value, as the driver got or returned it. A text is a part of the event.
func (c *cursor) value(depth int) any {
	switch form := c.byte(); form {
	case formNull:
		if c.short {
			return value.Unread{Type: "a value beyond the limit of the recorder"}
		}
		return nil
	case formInt:
		return c.signed()
	case formFloat:
		return math.Float64frombits(c.word())
	case formTrue:
		return true
	case formFalse:
		return false
	case formString:
		return string(c.bytes(c.uint()))
	case formBytes:
		return c.bytes(c.uint())
	case formTime:
		seconds := c.signed()
		return time.Unix(seconds, c.signed())
	case formUUID:
		var u [16]byte
		copy(u[:], c.bytes(16))
		return u
	case formList:
		n := c.uint()
		if depth >= maxNested || n > uint64(len(c.b)) {
			break
		}
		list := make([]any, 0, n)
		for range n {
			list = append(list, c.value(depth+1))
		}
		return list
	case formUnread:
		return value.Unread{Type: string(c.bytes(c.uint()))}
	case formDigest:
		return digest(c.uint(), c.word())
	}
	c.b, c.short = nil, true
	return value.Unread{Type: "a value of an unknown form"}
}

// maxDigest is the length from which long texts count as equally long.
const maxDigest = 1 << 20

// digest returns a blob with the length of the one that the recorder hashed. Two of them are equal if the hashes are.
func digest(length, hash uint64) []byte {
	b := make([]byte, min(max(length, 8), maxDigest))
	binary.LittleEndian.PutUint64(b, hash)
	return b
}
