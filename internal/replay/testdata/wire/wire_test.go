// Package wire talks PostgreSQL's protocol with a server that has its replies beforehand. Messages arrive in pieces of any length.
package wire

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// A step is what the client sends, and what the server returns.
type step struct{ sent, returned []byte }

func message(kind byte, body string) []byte {
	return append(binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(body)+4)), body...)
}

func row(value string) []byte {
	n := binary.BigEndian.AppendUint32([]byte{0, 1}, uint32(len(value)))
	return message('D', string(n)+value)
}

func join(parts ...[]byte) (all []byte) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var (
	column  = message('T', "\x00\x01name\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x19\xff\xff\xff\xff\xff\xff\x00\x00")
	done    = message('C', "SELECT 1\x00")
	ready   = message('Z', "I")
	startup = message(0, "\x00\x03\x00\x00user\x00alice-the-user\x00database\x00the-database\x00\x00")[1:]
	signIn  = []step{
		{startup, message('R', "\x00\x00\x00\x03")},
		{message('p', "the-password\x00"), join(message('R', "\x00\x00\x00\x00"), message('S', "TimeZone\x00the-zone\x00"), message('K', "the-key."), ready)},
	}
)

func query(text string, rows ...string) step {
	returned := column
	for _, r := range rows {
		returned = append(returned[:len(returned):len(returned)], row(r)...)
	}
	return step{message('Q', text+"\x00"), join(returned, done, ready)}
}

// play connects and plays the steps. The first message is sent at once, and the others in pieces.
func play(t *testing.T, piece int, steps []step) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	served := make(chan error, 1)
	go func() {
		server, err := listener.Accept()
		for _, s := range steps {
			if err == nil {
				_, err = io.ReadFull(server, make([]byte, len(s.sent)))
			}
			if err == nil {
				_, err = server.Write(s.returned)
			}
		}
		served <- err
	}()
	client, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for i, s := range steps {
		for b := s.sent; len(b) > 0; {
			n := len(b)
			if i > 0 {
				n = min(n, piece)
			}
			if _, err := client.Write(b[:n]); err != nil {
				t.Fatal(err)
			}
			b = b[n:]
		}
		for left := len(s.returned); left > 0; {
			n, err := client.Read(make([]byte, min(piece, left)))
			if err != nil {
				t.Fatal(err)
			}
			left -= n
		}
	}
	if err := <-served; err != nil {
		t.Fatal(err)
	}
}

// Each subtest runs four statements that return five rows, copies, and is notified.
func TestPieces(t *testing.T) {
	for piece, long := range map[int]int{1: 1000, 2: 1000, 3: 1000, 5: 1000, 7: 1000, 64: 100_000, 4096: 100_000, 1 << 20: 100_000} {
		t.Run(fmt.Sprint(piece), func(t *testing.T) { play(t, piece, conversation(long)) })
	}
}

func conversation(long int) []step {
	return append(signIn[:2:2],
		query("SELECT name FROM posts", "one", "two", "three"),
		step{message('Q', "COPY posts FROM STDIN\x00"), message('G', "\x00\x00\x00")},
		step{join(message('d', "copied-data"), message('d', strings.Repeat("copied-data", long/10)), message('c', "")), join(done, ready)},
		query("SELECT name, "+strings.Repeat("x", long)+" FROM posts", "a"),
		step{message('Q', "SELECT name FROM authors\x00"), join(
			message('A', "the-notification"), message('N', "the-notice"), column, row(strings.Repeat("y", long)), message('A', ""), done, ready)},
	)
}

func TestManyRows(t *testing.T) {
	play(t, 8192, append(signIn[:2:2], query("SELECT name FROM posts", make([]string, 70_000)...), query("SELECT name FROM authors", "b")))
}

func TestWideRows(t *testing.T) {
	rows := make([]string, 1000)
	for i := range rows {
		rows[i] = strings.Repeat("z", 30_000)
	}
	play(t, 1<<16, append(signIn[:2:2], query("SELECT name FROM posts", rows...), query("SELECT name FROM authors", "b")))
}

// What looks like the beginning and is none is not followed, and what is no message ends the reading.
func TestOthers(t *testing.T) {
	play(t, 1, []step{{message('Q', "SELECT name FROM posts\x00"), ready}})
	play(t, 1, []step{{[]byte("GET / HTTP/1.1\r\n\r\n"), []byte("HTTP/1.1 200 OK\r\n\r\n")}})
	play(t, 1, []step{{message(0, "\x00\x03\x00\x00user\x00")[1:], ready}, query("SELECT name FROM posts")})
	play(t, 1, append(signIn[:2:2], query("SELECT name FROM posts"), step{[]byte("\x7f\x00\x00\x00\x04"), ready}, query("SELECT name FROM posts")))
}
