package pgwire

import (
	"fmt"
	"strings"
	"testing"
)

// Proves that a message of which bytes are missing is read as a long one is: what was there before is read, the rest is unread, and the
// connection is followed further.
func TestMissingBytes(t *testing.T) {
	l := new(log)
	stream := New(l)
	stream.Sent(join([][]byte{msg('Q', "SELECT *")}))
	row := msg('D', int16(2), val('7'), val(make([]byte, 1000)...))
	stream.Received(join([][]byte{msg('T', int16(2), column("a", 23, 0), column("b", 25, 0)), row[:20]}))
	stream.ReceivedWithout(600)
	stream.ReceivedWithout(len(row) - 20 - 600)
	stream.Received(join([][]byte{msg('C', "SELECT 1"), ready}))
	long := msg('Q', "SELECT 1, "+strings.Repeat("x", 5000))
	stream.Sent(long[:100])
	stream.SentWithout(len(long) - 100)
	stream.Received(join([][]byte{msg('C', "SELECT 1"), ready}))
	want := `start "" "SELECT *"
result a,b, seen true
row "7" ?
done, 1 rows
start "" ""
result , seen true
done, 0 rows`
	if got := strings.Join(l.lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Proves that rows whose messages are missing are counted, and that Row is called once for them, with unread values; and that a handler
// which only counts rows gets none.
func TestMissingRows(t *testing.T) {
	for count, want := range map[bool]string{
		false: `result a, seen true; row "7"; row ?; done, 101 rows`,
		true:  `result a, seen true; done, 101 rows`,
	} {
		l := &log{count: count}
		stream := New(l)
		stream.Sent(msg('Q', "SELECT a"))
		stream.Received(join([][]byte{msg('T', int16(1), column("a", 23, 0)), msg('D', int16(1), val('7'))}))
		stream.ReceivedRows(100)
		stream.Received(join([][]byte{msg('C', "SELECT 101"), ready}))
		if got := strings.Join(l.lines[1:], "; "); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Proves that more missing bytes than a message has, and missing bytes of no message, end the reading.
func TestImpossibleMissingBytes(t *testing.T) {
	for name, missing := range map[string]func(*Stream){
		"no message":      func(s *Stream) { s.SentWithout(1) },
		"too many":        func(s *Stream) { s.Sent(msg('Q', "SELECT 1")[:7]); s.SentWithout(100) },
		"of the server":   func(s *Stream) { s.ReceivedWithout(1) },
		"rows of nothing": func(s *Stream) { s.Sent(syncs); s.ReceivedRows(1) },
	} {
		l := new(log)
		if missing(New(l)); l.lost != 1 {
			t.Errorf("%s: lost %d times", name, l.lost)
		}
	}
}

// A keeper is a Handler that keeps executions.
type keeper struct {
	quiet
	executions []Execution
}

func (k *keeper) Result(x *Execution, _ *Columns) bool {
	k.executions = append(k.executions, *x)
	return false
}

// Proves that of a text which is too long its beginning is known, in both protocols and whether the message arrives at once or in part,
// and that a text without a statement is marked.
func TestBeginningOfLongTexts(t *testing.T) {
	text := "INSERT INTO t VALUES (1)" + strings.Repeat(", (1)", maxText)
	simple := msg('Q', text)
	parse := msg('P', "", text, int16(0))
	rest := join([][]byte{msg('B', "", "", int16(0), int16(0), int16(0)), execute, syncs})
	for name, sent := range map[string]func(*Stream){
		"simple":           func(s *Stream) { s.Sent(simple) },
		"simple in part":   func(s *Stream) { s.Sent(simple[:20_000]); s.SentWithout(len(simple) - 20_000) },
		"prepared":         func(s *Stream) { s.Sent(parse); s.Sent(rest) },
		"prepared in part": func(s *Stream) { s.Sent(parse[:20_000]); s.SentWithout(len(parse) - 20_000); s.Sent(rest) },
	} {
		k := new(keeper)
		stream := New(k)
		if sent(stream); strings.HasPrefix(name, "prepared") {
			stream.Received(join([][]byte{parsed, bound}))
		}
		stream.Received(join([][]byte{msg('C', "INSERT"), ready}))
		if len(k.executions) != 1 || k.executions[0].Text != "" || k.executions[0].Prefix != text[:maxPrefix] {
			t.Errorf("%s: %d executions, of which the beginning of the text is not known", name, len(k.executions))
		}
	}
	k := new(keeper)
	stream := New(k)
	stream.Sent(msg('Q', "-- ping"))
	stream.Received(join([][]byte{msg('I'), ready}))
	stream.Sent(msg('Q', "DELETE FROM t"))
	stream.Received(join([][]byte{msg('C', "DELETE 0"), msg('Z', byte('T'))}))
	if got := fmt.Sprint(len(k.executions), k.executions[0].Empty, k.executions[1].Empty); got != "2 true false" {
		t.Errorf("the executions and whether they are empty: %s", got)
	}
	if status, idle := stream.Status(); status != 'T' || !idle {
		t.Errorf("the transaction is %q, idle %v", status, idle)
	}
}
