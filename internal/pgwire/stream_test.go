package pgwire

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A log is a Handler that writes down what it is called with.
type log struct {
	lines []string
	count bool // rows are only counted
	lost  int
}

func (l *log) add(format string, args ...any) {
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

func (l *log) Started(x *Execution, p *Params) {
	line := fmt.Sprintf("start %q %q", x.Name, x.Text)
	if p != nil {
		for i := range p.Len() {
			line += " " + print(p.At(i).Value(new([]byte)))
		}
	}
	l.add("%s", line)
}

func (l *log) Result(x *Execution, c *Columns) bool {
	switch {
	case c == nil:
		l.add("result of unknown columns, seen %v", x.Seen)
	default:
		l.add("result %s, seen %v", strings.Join(c.Names, ","), x.Seen)
	}
	return !l.count
}

func (l *log) Row(_ *Execution, r Row) {
	var cells []string
	var scratch []byte
	for _, v := range r.Read(nil, &scratch) {
		cells = append(cells, print(v))
	}
	l.add("row %s", strings.Join(cells, " "))
}

func (l *log) Done(x *Execution)   { l.add("done, %d rows", x.Rows) }
func (l *log) Failed(x *Execution) { l.add("failed %q", x.Text) }
func (l *log) Lost(why string)     { l.lost++; l.add("lost: %s", why) }

func print(v Value) string {
	switch v.Kind {
	case Null:
		return "NULL"
	case Integer, Boolean:
		return fmt.Sprint(v.Int)
	case Float:
		return fmt.Sprint(v.Number)
	case Text:
		return fmt.Sprintf("%q", v.Bytes)
	case UUID, Opaque:
		return fmt.Sprintf("%x", v.Bytes)
	case Instant:
		return v.Time.UTC().Format("2006-01-02T15:04:05.999999")
	}
	return "?"
}

// msg returns a message. Its fields are texts, which get a zero byte, and numbers by their size.
func msg(kind byte, fields ...any) []byte {
	var body []byte
	for _, f := range fields {
		switch f := f.(type) {
		case string:
			body = append(append(body, f...), 0)
		case []byte:
			body = append(body, f...)
		case byte:
			body = append(body, f)
		case int16:
			body = binary.BigEndian.AppendUint16(body, uint16(f))
		case int32:
			body = binary.BigEndian.AppendUint32(body, uint32(f))
		default:
			panic("no such field")
		}
	}
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)+4))
	if kind != 0 {
		out = append([]byte{kind}, out...)
	}
	return append(out, body...)
}

// column returns a column of a RowDescription.
func column(name string, oid int32, format int16) []byte {
	return msg(0, name, int32(0), int16(0), oid, int16(0), int32(0), format)[4:]
}

// val returns a value of a row or a parameter.
func val(b ...byte) []byte { return append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...) }

var null = []byte{0xff, 0xff, 0xff, 0xff}

// A step is bytes in one direction.
type step struct {
	client bool
	bytes  []byte
}

func c(parts ...[]byte) step { return step{true, join(parts)} }
func s(parts ...[]byte) step { return step{false, join(parts)} }

func join(parts [][]byte) (all []byte) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var (
	startup = c(msg(0, int32(3<<16), "user", "me", byte(0)))
	welcome = s(msg('R', int32(0)), msg('S', "TimeZone", "UTC"), msg('K', int32(1), int32(2)), msg('Z', byte('I')))
	ready   = msg('Z', byte('I'))
	syncs   = msg('S')
	execute = msg('E', "", int32(0))
	parsed  = msg('1')
	bound   = msg('2')
	nothing = msg('n')
)

// conversations are what passes on a connection, and what the Handler is called with.
var conversations = []struct {
	name  string
	steps []step
	want  string
}{
	{"the simple protocol with two statements", []step{
		c(msg('Q', "SELECT 1; UPDATE t SET a = 2")),
		s(msg('T', int16(1), column("n", 23, 0)), msg('D', int16(1), val('4', '2')), msg('D', int16(1), null), msg('C', "SELECT 2"), msg('C', "UPDATE 1"), ready),
	}, `start "" "SELECT 1; UPDATE t SET a = 2"
result n, seen true
row "42"
row NULL
done, 2 rows
result , seen true
done, 0 rows`},

	{"a prepared statement that is described once", []step{
		c(msg('P', "st", "SELECT a FROM t WHERE b = $1", int16(0)), msg('D', byte('S'), "st"), syncs),
		s(parsed, msg('t', int16(1), int32(20)), msg('T', int16(1), column("a", 2950, 0)), ready),
		c(msg('B', "", "st", int16(1), int16(1), int16(1), val(0, 0, 0, 0, 0, 0, 0, 7), int16(1), int16(1)), execute, syncs),
		s(bound, msg('D', int16(1), val([]byte("0123456789abcdef")...)), msg('C', "SELECT 1"), ready),
		c(msg('B', "", "st", int16(1), int16(1), int16(1), null, int16(0)), execute, syncs),
		s(bound, msg('D', int16(1), val('x')), msg('C', "SELECT 1"), ready),
	}, `start "st" "SELECT a FROM t WHERE b = $1" 7
result a, seen true
row 30313233343536373839616263646566
done, 1 rows
start "st" "SELECT a FROM t WHERE b = $1" NULL
result a, seen true
row "x"
done, 1 rows`},

	{"a closed statement is forgotten", []step{
		c(msg('P', "st", "SELECT 1", int16(0)), msg('C', byte('S'), "st"), syncs),
		s(parsed, msg('3'), ready),
		c(msg('B', "", "st", int16(0), int16(0), int16(0)), execute, syncs),
		s(bound, msg('D', int16(1), val('x')), msg('C', "SELECT 1"), ready),
	}, `start "" ""
result of unknown columns, seen true
row 
done, 1 rows`},

	{"a pipeline whose second statement fails", []step{
		c(msg('P', "", "SELECT 1", int16(0)), msg('B', "", "", int16(0), int16(0), int16(0)), msg('D', byte('P'), ""), execute,
			msg('P', "", "SELECT 1 / 0", int16(0)), msg('B', "", "", int16(0), int16(0), int16(0)), msg('D', byte('P'), ""), execute,
			msg('P', "", "SELECT 3", int16(0)), msg('B', "", "", int16(0), int16(0), int16(0)), msg('D', byte('P'), ""), execute, syncs),
		s(parsed, bound, msg('T', int16(1), column("n", 23, 1)), msg('D', int16(1), val(0, 0, 0, 9)), msg('C', "SELECT 1"),
			parsed, bound, msg('T', int16(1), column("n", 23, 1)), msg('E', byte('S'), "ERROR", byte(0)), ready),
		c(msg('Q', "")),
		s(msg('I'), ready),
	}, `start "" "SELECT 1"
start "" "SELECT 1 / 0"
start "" "SELECT 3"
result n, seen true
row 9
done, 1 rows
failed "SELECT 1 / 0"
start "" ""
result , seen true
done, 0 rows`},

	{"results of what was sent past the stream", []step{
		s(parsed, bound, msg('T', int16(1), column("n", 21, 1)), msg('D', int16(1), val(0, 5)), msg('C', "SELECT 1"), parsed, bound, nothing, msg('C', "UPDATE 3"), ready),
	}, `result n, seen false
row 5
done, 1 rows
result , seen false
done, 0 rows`},

	{"COPY, notices and notifications", []step{
		c(msg('Q', "COPY t FROM STDIN")),
		s(msg('N', byte(0)), msg('G', byte(0), int16(0))),
		c(msg('d', []byte("1\n")), msg('c')),
		s(msg('A', int32(1), "channel", ""), msg('C', "COPY 1"), ready),
	}, `start "" "COPY t FROM STDIN"
result , seen true
done, 0 rows`},

	{"a row of another width", []step{
		c(msg('Q', "SELECT 1")),
		s(msg('T', int16(2), column("n", 23, 0), column("m", 23, 0)), msg('D', int16(1), val('4')), msg('C', "SELECT 1"), ready),
	}, `start "" "SELECT 1"
result n,m, seen true
row ? ?
done, 1 rows`},

	{"a result that was not asked for", []step{
		c(syncs),
		s(msg('D', int16(0))),
		c(msg('Q', "SELECT 1")),
	}, `lost: the server returns a result that was not asked for`},

	{"another protocol", []step{s(msg('!'))}, `lost: a message of the server has an unknown type`},
	{"an impossible length", []step{s([]byte{'D', 0, 0, 0, 1})}, `lost: a message of the server has an impossible length`},
	{"a message without its end", []step{c(msg('Q', []byte("no end")))}, "start \"\" \"\"\nlost: a message of the client is too short"},
	{"replication", []step{c(msg('Q', "START_REPLICATION")), s(msg('W', byte(0), int16(0)), msg('!'))}, `start "" "START_REPLICATION"`},
}

// Proves what a Handler is called with, whether the bytes come at once or one by one.
func TestConversations(t *testing.T) {
	for _, tc := range conversations {
		for _, size := range []int{1 << 20, 1, 7} {
			t.Run(fmt.Sprintf("%s in pieces of %d", tc.name, size), func(t *testing.T) {
				l := play(append([]step{startup, welcome}, tc.steps...), size)
				if diff := cmp.Diff(tc.want, strings.Join(l.lines, "\n")); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

func play(steps []step, size int) *log {
	l := new(log)
	stream := New(l)
	for _, st := range steps {
		for b := st.bytes; len(b) > 0; b = b[min(size, len(b)):] {
			piece := append([]byte(nil), b[:min(size, len(b))]...)
			if st.client {
				stream.Sent(piece)
			} else {
				stream.Received(piece)
			}
			clear(piece) // nothing may be kept of it
		}
	}
	return l
}

// Proves that a connection which is encrypted is left alone, and that one whose server declines is read.
func TestEncryption(t *testing.T) {
	tls := c(msg(0, int32(codeTLS)))
	if l := play([]step{tls, s([]byte("S")), s([]byte("\x16\x03")), c([]byte("\x16\x03"))}, 100); len(l.lines) > 0 {
		t.Errorf("an encrypted connection is read: %q", l.lines)
	}
	l := play([]step{tls, s([]byte("N")), startup, welcome, c(msg('Q', "SELECT 1"))}, 100)
	if len(l.lines) != 1 {
		t.Errorf("a connection that is not encrypted is not read: %q", l.lines)
	}
}

// Proves that of a row which is longer than what is kept of it the first values are read, however it arrives.
func TestLongRows(t *testing.T) {
	long := make([]byte, 3*maxPiece)
	steps := []step{
		startup, welcome, c(msg('Q', "SELECT *")),
		s(msg('T', int16(3), column("a", 23, 0), column("b", 25, 0), column("c", 23, 0)), msg('D', int16(3), val('7'), val(long...), val('8')), msg('C', "SELECT 1"), ready),
	}
	l := play(steps, 8192)
	if got := l.lines[2]; got != `row "7" ? ?` {
		t.Errorf("got %q", got)
	}
}

// Proves that memory does not grow with prepared statements, nor with requests that are pending.
func TestLimits(t *testing.T) {
	l := new(log)
	stream := New(l)
	stream.Sent(startup.bytes)
	stream.Received(welcome.bytes)
	for i := range 3 * maxStatements {
		stream.Sent(join([][]byte{msg('P', fmt.Sprintf("st%d", i), "SELECT 1", int16(0)), syncs}))
		stream.Received(join([][]byte{parsed, ready}))
		if len(stream.statements) > maxStatements {
			t.Fatalf("%d statements are kept", len(stream.statements))
		}
	}
	long := strings.Repeat("x", maxText)
	for i := range 2 * maxTexts / maxText {
		stream.Sent(join([][]byte{msg('P', fmt.Sprintf("long%d", i), long[:maxText-i-1], int16(0)), syncs}))
		stream.Received(join([][]byte{parsed, ready}))
	}
	kept := 0
	for _, st := range stream.statements {
		kept += len(st.text)
	}
	if kept > maxTexts || kept != stream.texts {
		t.Errorf("%d bytes of texts are kept, %d are counted", kept, stream.texts)
	}
	for i := range 3 * maxLayouts {
		stream.Sent(msg('Q', "SELECT 1"))
		stream.Received(join([][]byte{msg('T', int16(1), column(fmt.Sprint(i), 23, 0)), msg('C', ""), ready}))
	}
	if len(stream.layouts) > maxLayouts || l.lost > 0 {
		t.Errorf("%d layouts are kept, lost %d times", len(stream.layouts), l.lost)
	}
	for range maxRequests + 1 {
		stream.Sent(syncs)
	}
	if l.lost != 1 || stream.requests.ring != nil {
		t.Errorf("a connection with %d requests is not given up", maxRequests+1)
	}
}

// Proves that a result which the Handler does not want is counted, and costs no call for each row.
func TestCountedRows(t *testing.T) {
	l := &log{count: true}
	stream := New(l)
	stream.Sent(join([][]byte{startup.bytes, msg('Q', "SELECT 1")}))
	stream.Received(join([][]byte{welcome.bytes, msg('T', int16(1), column("n", 23, 0)), msg('D', int16(1), null), msg('D', int16(1), null), msg('C', ""), ready}))
	if got := strings.Join(l.lines[1:], "; "); got != "result n, seen true; done, 2 rows" {
		t.Errorf("got %s", got)
	}
}

// Proves that following a statement that runs again allocates nothing.
func TestAllocations(t *testing.T) {
	stream := New(quiet{})
	stream.Sent(startup.bytes)
	stream.Received(welcome.bytes)
	stream.Sent(join([][]byte{msg('P', "st", "SELECT a", int16(0)), msg('D', byte('S'), "st"), syncs}))
	stream.Received(join([][]byte{parsed, msg('t', int16(0)), msg('T', int16(1), column("a", 20, 0)), ready}))
	ask := join([][]byte{msg('B', "", "st", int16(0), int16(1), val('7'), int16(1), int16(1)), execute, syncs})
	answer := join([][]byte{bound, msg('D', int16(1), val(0, 0, 0, 0, 0, 0, 0, 1)), msg('C', "SELECT 1"), ready})
	if n := testing.AllocsPerRun(100, func() { stream.Sent(ask); stream.Received(answer) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// quiet is a Handler that wants rows and does nothing.
type quiet struct{}

func (quiet) Started(*Execution, *Params)      {}
func (quiet) Result(*Execution, *Columns) bool { return true }
func (quiet) Row(*Execution, Row)              {}
func (quiet) Done(*Execution)                  {}
func (quiet) Failed(*Execution)                {}
func (quiet) Lost(string)                      {}
