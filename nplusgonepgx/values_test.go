package nplusgonepgx

import (
	"context"
	"database/sql"
	"io"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgtype"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver of the other handle

	"github.com/nplusgone/nplusgone/internal/pgrecord"
	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/value"
)

type (
	accountID int64
	status    string
)

// Proves that an argument, its parameter in the protocol, the value of a row in the protocol and the value that database/sql
// returns have one hash, for the types that keys have, in the binary and in the text format: so a value of pgx is found
// again among those of a *sql.DB, and the other way round.
func TestValuesAreThoseOfArguments(t *testing.T) {
	dsn := os.Getenv("NPLUSGONE_POSTGRESQL")
	if dsn == "" {
		dsn = "postgres://postgres@127.0.0.1:5432/postgres"
	}
	n := int64(42)
	u := [16]byte{0x8b, 0x1c, 0x3f, 0x8e, 0x7d, 0x7a, 0x4a, 0x53, 0x9d, 0x0e, 0x0c, 0x6a, 0x0f, 0x9f, 0x2d, 0x11}
	at := time.Date(2024, 5, 6, 7, 8, 9, 123456000, time.UTC)
	var amount pgtype.Numeric
	if err := amount.Scan("-1234567.8900"); err != nil {
		t.Fatal(err)
	}
	w := &watcher{}
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.BuildFrontend = func(r io.Reader, out io.Writer) *pgproto3.Frontend {
		w.stream = pgwire.New(w)
		return pgproto3.NewFrontend(io.TeeReader(r, received{w.stream}), io.MultiWriter(sentTo{w.stream}, out))
	}
	db, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(context.Background())
	handle, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer handle.Close()

	for _, tc := range []struct {
		query string
		arg   any
	}{
		{"SELECT $1::bigint", n}, {"SELECT $1::bigint", accountID(42)}, {"SELECT $1::int", int32(42)}, {"SELECT $1::smallint", uint8(42)},
		{"SELECT $1::bigint", &n}, {"SELECT $1::bigint", sql.NullInt64{}}, {"SELECT $1::bigint", pgtype.Int8{Int64: 42, Valid: true}},
		{"SELECT $1::uuid", u}, {"SELECT $1::uuid", pgtype.UUID{Bytes: u, Valid: true}}, {"SELECT $1::uuid", "8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11"},
		{"SELECT $1::text", "x"}, {"SELECT $1::text", status("x")}, {"SELECT $1::varchar", "42"}, {"SELECT $1::text", pgtype.Text{String: "x", Valid: true}},
		{"SELECT $1::bytea", []byte("x")}, {"SELECT $1::bool", true}, {"SELECT $1::float8", 1.5}, {"SELECT $1::float4", float32(1.5)},
		{"SELECT $1::numeric", "19.99"}, {"SELECT $1::numeric", n}, {"SELECT $1::numeric", amount},
		{"SELECT $1::timestamptz", at}, {"SELECT $1::timestamptz", at.In(time.FixedZone("", 3600))}, {"SELECT $1::timestamp", at},
		{"SELECT $1::date", at.Truncate(24 * time.Hour)}, {"SELECT $1::timestamptz", pgtype.Timestamptz{Time: at, Valid: true}},
		{"SELECT $1::jsonb", `{"a": 1}`}, {"SELECT $1::json", `{"a":1}`}, {"SELECT $1::name", "x"},
	} {
		for _, format := range []int16{pgx.TextFormatCode, pgx.BinaryFormatCode} {
			w.rows, w.sent = nil, nil
			rows, err := db.Query(t.Context(), tc.query, pgx.QueryResultFormats{format}, tc.arg)
			if err != nil {
				t.Fatalf("%s of %T: %v", tc.query, tc.arg, err)
			}
			for rows.Next() {
			}
			if rows.Err() != nil || len(w.rows) != 1 || len(w.sent) != 1 {
				t.Fatalf("%s of %T: %v, %d rows, %d parameters", tc.query, tc.arg, rows.Err(), len(w.rows), len(w.sent))
			}
			var got any
			if err := handle.QueryRow(tc.query, tc.arg).Scan(&got); err != nil {
				t.Fatalf("%s of %T: %v", tc.query, tc.arg, err)
			}
			want, known := value.Of(w.rows[0])
			for what, v := range map[string]any{"the parameter": w.sent[0], "what database/sql returns": got} {
				if h, ok := value.Of(v); h != want || !ok || !known {
					t.Errorf("%s of %T in format %d: the row has %T(%v), %s is %T(%s)", tc.query, tc.arg, format, w.rows[0], w.rows[0], what, v, v)
				}
			}
			if h, ok := value.Of(tc.arg); ok && h != want {
				t.Errorf("%s of %T in format %d: the row has %T(%v), another hash than the argument", tc.query, tc.arg, format, w.rows[0], w.rows[0])
			}
		}
	}
}

// Proves that the elements of an array parameter are read as those of a slice.
func TestArraysAreThoseOfArguments(t *testing.T) {
	for _, tc := range []struct {
		oid   uint32
		list  any
		plain []any
	}{
		{pgtype.Int8ArrayOID, []int64{1, 2}, []any{int64(1), int64(2)}},
		{pgtype.Int4ArrayOID, []*int32{nil}, []any{nil}},
		{pgtype.TextArrayOID, []string{"a", ""}, []any{"a", ""}},
		{pgtype.UUIDArrayOID, [][16]byte{{1}}, []any{[16]byte{1}}},
		{pgtype.DateArrayOID, []time.Time{time.Unix(0, 0)}, []any{time.Unix(0, 0)}},
	} {
		b, err := pgtype.NewMap().Encode(tc.oid, pgx.BinaryFormatCode, tc.list, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := pgrecord.Argument(pgwire.Param{Type: tc.oid, Binary: true, Known: true, Bytes: b})
		list, isList := got.([]any)
		if !ok || !isList || len(list) != len(tc.plain) {
			t.Fatalf("%T is read as %v", tc.list, got)
		}
		for i, v := range list {
			a, _ := value.Of(v)
			if b, _ := value.Of(tc.plain[i]); a != b {
				t.Errorf("%T is read as %v", tc.list, got)
			}
		}
	}
}

// A watcher is a pgwire.Handler that keeps values.
type watcher struct {
	stream *pgwire.Stream
	sent   []any
	rows   []any
}

func (w *watcher) Started(_ *pgwire.Execution, p *pgwire.Params) {
	for i := range p.Len() {
		v, _ := pgrecord.Argument(p.At(i))
		w.sent = append(w.sent, v)
	}
}

func (w *watcher) Result(*pgwire.Execution, *pgwire.Columns) bool { return true }

func (w *watcher) Row(_ *pgwire.Execution, r pgwire.Row) {
	var scratch []byte
	for _, v := range r.Read(nil, &scratch) {
		p, _ := pgrecord.Value(&v)
		w.rows = append(w.rows, p)
	}
}

func (w *watcher) Done(*pgwire.Execution)   {}
func (w *watcher) Failed(*pgwire.Execution) {}
func (w *watcher) Lost(string)              {}

type received struct{ *pgwire.Stream }

func (r received) Write(b []byte) (int, error) { r.Received(b); return len(b), nil }

type sentTo struct{ *pgwire.Stream }

func (s sentTo) Write(b []byte) (int, error) { s.Sent(b); return len(b), nil }
