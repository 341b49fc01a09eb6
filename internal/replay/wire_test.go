package replay

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// message returns a message of PostgreSQL's protocol.
func message(kind byte, fields ...any) []byte {
	b := []byte{kind, 0, 0, 0, 0}
	for _, f := range fields {
		switch f := f.(type) {
		case byte:
			b = append(b, f)
		case int16:
			b = binary.BigEndian.AppendUint16(b, uint16(f))
		case int32:
			b = binary.BigEndian.AppendUint32(b, uint32(f))
		case string:
			b = append(append(b, f...), 0)
		case []byte:
			b = append(b, f...)
		}
	}
	binary.BigEndian.PutUint32(b[1:], uint32(len(b)-1))
	return b
}

// simple returns a statement in the simple protocol, and prepared one with an argument of type bigint in the extended one, without the
// Sync at its end.
func simple(text string) []byte { return message('Q', text) }

func prepared(text string, argument int64) (b []byte) {
	b = message('P', "", text, int16(1), int32(20))
	value := binary.BigEndian.AppendUint64(nil, uint64(argument))
	b = append(b, message('B', "", "", int16(1), int16(1), int16(1), int32(8), value, int16(1), int16(1))...)
	return append(append(b, message('D', byte('P'), "")...), message('E', "", int32(0))...)
}

var synced = message('S')

// answer returns a result of one column, id, in the extended protocol.
func answer(rows ...int64) (b []byte) {
	b = append(append(message('1'), message('2')...), message('T', int16(1), "id", int32(0), int16(0), int32(20), int16(8), int32(0), int16(1))...)
	for _, n := range rows {
		b = append(b, message('D', int16(1), int32(8), binary.BigEndian.AppendUint64(nil, uint64(n)))...)
	}
	return append(b, message('C')...)
}

func ready(status byte) []byte { return message('Z', status) }

// items returns bytes as items of an event.
func items(messages ...[]byte) (b []byte) {
	for _, m := range messages {
		b = append(binary.AppendUvarint(b, uint64(len(m))<<2|itemBytes), m...)
	}
	return b
}

// sent writes that a function of pgx has sent messages on connection 1.
func (w *writer) sent(scope int, function string, messages ...[]byte) {
	stack := w.pgx(function)
	w.event(kindWireSent, 1, scope, 1, stack, 1, byte(0), items(messages...))
}

// received writes that messages were received on connection 1, the beginning of a result by the call that sent the statement, and a further
// part by another function of pgx.
func (w *writer) received(function string, messages ...[]byte) {
	stack := uint64(0)
	if function != "" {
		stack = w.pgx(function)
	}
	w.event(kindWireReceived, 1, 2, 1, stack, items(messages...))
}

// pgx writes a stack with a function of pgx, which the application calls.
func (w *writer) pgx(function string) uint64 {
	net, conn, app := w.text("net.(*conn).Write"), w.text("github.com/jackc/pgx/v5.(*Conn)."+function), w.text("example.com/app.run")
	file := w.text("/src/app.go")
	w.stacks++
	w.event(kindStack, w.stacks, net, file, 1, conn, file, 2, app, file, 3)
	return w.stacks
}

// Proves what counts as a statement on a connection to PostgreSQL, and which scope it belongs to.
func TestStatementsOfAWire(t *testing.T) {
	const byID = "SELECT id FROM posts WHERE id = $1"
	tests := []struct {
		name     string
		write    func(*writer)
		scopes   []string
		unscoped int
	}{
		{"one in each protocol", func(w *writer) {
			w.sent(1, "Query", prepared(byID, 5), synced)
			w.received("", answer(5), ready('I'))
			w.sent(1, "Exec", simple("DELETE FROM posts"))
			w.received("", message('C'), ready('I'))
		}, []string{"TestA: 2, not ended", "TestB: 0, not ended"}, 0},
		{"a batch is one", func(w *writer) {
			w.sent(1, "SendBatch", prepared(byID, 5), prepared(byID, 6), prepared("SELECT id FROM authors WHERE id = $1", 5), synced)
			w.received("", answer(5), answer(6), answer(5), ready('I'))
		}, []string{"TestA: 2, not ended", "TestB: 0, not ended"}, 0},
		{"a batch in the simple protocol is one", func(w *writer) {
			const text = "SELECT id FROM posts WHERE id =  5 ;SELECT id FROM posts WHERE id =  6 ;SELECT id FROM authors WHERE name =  ';' ;"
			w.sent(1, "SendBatch", simple(text))
			w.received("", answer(5)[10:], answer(6)[10:], answer()[10:], ready('I'))
		}, []string{"TestA: 2, not ended", "TestB: 0, not ended"}, 0},
		{"a text of Exec is one", func(w *writer) {
			w.sent(1, "Exec", simple("DELETE FROM posts; DELETE FROM authors"))
			w.received("", message('C'), message('C'), ready('I'))
		}, []string{"TestA: 1, not ended", "TestB: 0, not ended"}, 0},
		{"a batch in the simple protocol whose second statement fails", func(w *writer) {
			w.sent(1, "SendBatch", simple("DELETE FROM posts; DELETE FROM authors; DELETE FROM tags"))
			w.received("", message('C'), message('E'), ready('I'))
		}, []string{"TestA: 2, not ended", "TestB: 0, not ended"}, 0},
		{"none of a ping", func(w *writer) {
			w.sent(1, "Ping", simple("-- ping"))
			w.received("", message('I'), ready('I'))
		}, []string{"TestA: 0, not ended", "TestB: 0, not ended"}, 0},
		{"none that package database/sql records", func(w *writer) {
			w.event(kindWireSent, 1, 1, 1, w.pgx("Query"), 1, byte(1), items(prepared(byID, 5), synced))
			w.received("", answer(5), ready('I'))
		}, []string{"TestA: 0, not ended", "TestB: 0, not ended"}, 0},
		{"none without a result", func(w *writer) {
			w.sent(1, "Query", prepared(byID, 5), synced)
		}, []string{"TestA: 0, not ended", "TestB: 0, not ended"}, 0},
		{"one that fails", func(w *writer) {
			w.sent(1, "Query", prepared(byID, 5), synced)
			w.received("", message('1'), message('E'), ready('I'))
		}, []string{"TestA: 1, not ended", "TestB: 0, not ended"}, 0},
		{"the scope of its transaction, which is not counted", func(w *writer) {
			w.sent(2, "Exec", simple("begin"))
			w.received("", message('C'), ready('T'))
			w.sent(0, "Query", prepared(byID, 5), synced)
			w.received("", answer(5), ready('T'))
			w.sent(0, "Exec", simple("commit"))
			w.received("", message('C'), ready('I'))
			w.sent(0, "Query", prepared(byID, 5), synced)
			w.received("", answer(5), ready('I'))
		}, []string{"TestA: 0, not ended", "TestB: 1, not ended"}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWriter(Key{})
			w.scope(1, 0, kindOfTest, "TestA")
			w.scope(2, 0, kindOfTest, "TestB")
			w.event(kindWire, 1, 7)
			test.write(w)
			scopes, p := read(t, w, Key{})
			if diff := cmp.Diff(test.scopes, scopes); diff != "" {
				t.Errorf("scopes (-want +got):\n%s", diff)
			}
			if p.Unscoped != test.unscoped || p.Unread+p.Unfollowed > 0 {
				t.Errorf("%+v, want %d unscoped statements", p, test.unscoped)
			}
		})
	}
}

// Proves that the arguments of statements on a connection are matched with the rows of an earlier one, and that the transaction and its
// stack are known.
func TestArgumentsAndRowsOfAWire(t *testing.T) {
	w := newWriter(Key{})
	w.scope(1, 0, kindOfTest, "TestA")
	w.event(kindWire, 1, 7)
	w.sent(1, "Query", prepared("SELECT id FROM posts WHERE author_id = $1", 1), synced)
	w.received("", answer(100, 101, 104), ready('I'))
	w.sent(1, "Exec", simple("begin"))
	w.received("", message('C'), ready('T'))
	stack := w.pgx("Exec")
	for _, n := range []int64{100, 101, 104} {
		w.event(kindWireSent, 1, 1, 1, stack, 1, byte(0), items(prepared("UPDATE posts SET seen = 1 WHERE id = $1", n), synced))
		w.received("", message('1'), message('2'), message('n'), message('C'), ready('T'))
	}
	matched := 0
	_, err := Read(w.reader(), Key{}, func(s Scope) {
		for _, g := range s.Frozen.Groups {
			if g.Count < 3 {
				continue
			}
			for _, sl := range g.Slots {
				for _, m := range sl.Matches {
					matched += int(m.Matched)
				}
			}
			if g.Tx == 0 || g.TxChanges > 0 || g.TxStack == 0 {
				t.Errorf("the transaction of the updates is %d, of the stack %d", g.Tx, g.TxStack)
			}
		}
	})
	if err != nil || matched != 3 {
		t.Errorf("%d arguments match a column, want 3; error %v", matched, err)
	}
}

// Proves what is known of the end of a result: QueryRow reads one row, Exec none, and of other calls the function that receives the last
// part says whether the application reads on.
func TestEndsOfResultsOfAWire(t *testing.T) {
	for _, test := range []struct {
		name           string
		write          func(*writer)
		rows           int
		drained, other int32 // results read to the end, results of which rows were left
	}{
		{"one row", func(w *writer) {
			w.sent(1, "QueryRow", prepared("SELECT id FROM posts WHERE id > $1", 1), synced)
			w.received("", answer(1, 2), ready('I'))
		}, 1, 0, 1},
		{"all at once", func(w *writer) {
			w.sent(1, "Query", prepared("SELECT id FROM posts WHERE id > $1", 1), synced)
			w.received("", answer(1, 2), ready('I'))
		}, 2, 0, 0},
		{"no row", func(w *writer) {
			w.sent(1, "Query", prepared("SELECT id FROM posts WHERE id > $1", 1), synced)
			w.received("", answer(), ready('I'))
		}, 0, 1, 0},
		{"read to the end", func(w *writer) {
			w.sent(1, "Query", prepared("SELECT id FROM posts WHERE id > $1", 1), synced)
			all := answer(1, 2)
			w.received("", all[:len(all)-20])
			w.received("Next", all[len(all)-20:], ready('I'))
		}, 2, 1, 0},
		{"closed early", func(w *writer) {
			w.sent(1, "Query", prepared("SELECT id FROM posts WHERE id > $1", 1), synced)
			all := answer(1, 2)
			w.received("", all[:len(all)-20])
			w.received("Close", all[len(all)-20:], ready('I'))
		}, 2, 0, 1},
		{"nothing of Exec", func(w *writer) {
			w.sent(1, "Exec", prepared("SELECT id FROM posts WHERE id > $1", 1), synced)
			w.received("", answer(1, 2), ready('I'))
		}, 0, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWriter(Key{})
			w.scope(1, 0, kindOfTest, "TestA")
			w.event(kindWire, 1, 7)
			test.write(w)
			_, err := Read(w.reader(), Key{}, func(s Scope) {
				g := s.Frozen.Groups[0]
				if g.Rows != test.rows || g.Drained != test.drained || g.Abandoned != test.other {
					t.Errorf("%d rows, %d results read to the end, %d left; want %d, %d, %d",
						g.Rows, g.Drained, g.Abandoned, test.rows, test.drained, test.other)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Proves that rows which the recorder left out are counted, and that what cannot be known is said.
func TestMissingPartsOfAWire(t *testing.T) {
	w := newWriter(Key{})
	w.scope(1, 0, kindOfTest, "TestA")
	w.event(kindWire, 1, 7)
	w.sent(1, "Query", prepared("SELECT id FROM posts WHERE id > $1", 1), synced)
	all := answer(1, 2)
	end := len(all) - len(message('C'))
	w.event(kindWireReceived, 1, 2, 1, 0, items(all[:end]), 1000<<2|itemRows, items(all[end:], ready('I')))
	long := simple("SELECT 2, " + strings.Repeat("x", 90_000))
	w.event(kindWireSent, 1, 1, 1, w.pgx("Query"), 1, byte(0), items(long[:20_000]))
	w.event(kindWireMore, 1, byte(1), items(long[20_000:50_000]), (len(long)-50_000)<<2|itemMissing)
	w.received("", message('C'), ready('I'))
	w.sent(1, "Query", message('B', "", "unknown", int16(0), int16(0), int16(0)), message('E', "", int32(0)), synced)
	w.received("", message('2'), message('C'), ready('I'))
	w.event(kindWireReceived, 1, 2, 1, 0, itemLost)
	w.sent(1, "Query", prepared("SELECT id FROM posts WHERE id > $1", 1), synced)
	rows := 0
	p, err := Read(w.reader(), Key{}, func(s Scope) { rows = s.Frozen.Stats.Rows })
	if err != nil || rows != 1002 || p.Statements != 2 || p.Unread != 1 || p.Unfollowed != 1 {
		t.Errorf("%d rows, %+v, error %v; want 1002 rows, 2 statements, one that is unread and a connection that is not followed", rows, p, err)
	}
}
