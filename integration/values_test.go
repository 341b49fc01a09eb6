package integration

import (
	"database/sql"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/value"
)

type (
	accountID int64
	status    string
	publicID  [16]byte
)

// TestValuesComeBack hands arguments of many types to servers and reads them back: the value that the driver returns has the
// hash of the argument.
func TestValuesComeBack(t *testing.T) {
	n := int64(42)
	u := [16]byte{0x8b, 0x1c, 0x3f, 0x8e, 0x7d, 0x7a, 0x4a, 0x53, 0x9d, 0x0e, 0x0c, 0x6a, 0x0f, 0x9f, 0x2d, 0x11}
	at := time.Date(2024, 5, 6, 7, 8, 9, 123456000, time.UTC)
	cases := map[fingerprint.Dialect][]struct {
		query string
		arg   any
	}{
		fingerprint.PostgreSQL: {
			{"SELECT $1::bigint", n}, {"SELECT $1::bigint", accountID(42)}, {"SELECT $1::int", int32(42)}, {"SELECT $1::smallint", uint8(42)},
			{"SELECT $1::bigint", &n}, {"SELECT $1::bigint", sql.NullInt64{Int64: 42, Valid: true}}, {"SELECT $1::bigint", sql.NullInt64{}},
			{"SELECT $1::bigint", pgtype.Int8{Int64: 42, Valid: true}}, {"SELECT $1::int", pgtype.Int4{Int32: 42, Valid: true}},
			{"SELECT $1::uuid", publicID(u)}, {"SELECT $1::uuid", u}, {"SELECT $1::uuid", pgtype.UUID{Bytes: u, Valid: true}}, {"SELECT $1::uuid", pgtype.UUID{}},
			{"SELECT $1::uuid", "8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11"},
			{"SELECT $1::text", "x"}, {"SELECT $1::text", status("x")}, {"SELECT $1::text", pgtype.Text{String: "x", Valid: true}},
			{"SELECT $1::bytea", []byte("x")}, {"SELECT $1::bool", true}, {"SELECT $1::bool", pgtype.Bool{Bool: true, Valid: true}},
			{"SELECT $1::float8", 1.5}, {"SELECT $1::numeric", 1.5}, {"SELECT $1::numeric", n}, {"SELECT $1::numeric", "19.99"},
			{"SELECT $1::timestamptz", at}, {"SELECT $1::timestamptz", at.In(time.FixedZone("", 3600))},
			{"SELECT $1::timestamptz", pgtype.Timestamptz{Time: at, Valid: true}}, {"SELECT $1::timestamp", pgtype.Timestamp{Time: at, Valid: true}},
			{"SELECT $1::date", pgtype.Date{Time: at.Truncate(24 * time.Hour), Valid: true}}, {"SELECT $1::timestamptz", sql.NullTime{Time: at, Valid: true}},
		},
		fingerprint.MySQL: {
			{"SELECT CAST(? AS SIGNED)", n}, {"SELECT CAST(? AS SIGNED)", accountID(42)}, {"SELECT CAST(? AS SIGNED)", &n},
			{"SELECT CAST(? AS CHAR)", "x"}, {"SELECT CAST(? AS CHAR)", status("x")}, {"SELECT CAST(? AS SIGNED)", true}, {"SELECT CAST(? AS DOUBLE)", 1.5},
			{"SELECT CAST(? AS DECIMAL(10, 2))", "19.99"}, {"SELECT CAST(? AS BINARY)", u[:]}, {"SELECT CAST(? AS SIGNED)", sql.NullInt64{}},
		},
		fingerprint.SQLite: {
			{"SELECT ?", n}, {"SELECT ?", accountID(42)}, {"SELECT ?", &n}, {"SELECT ?", status("x")}, {"SELECT ?", true}, {"SELECT ?", 1.5},
			{"SELECT ?", u[:]}, {"SELECT ?", []byte(nil)}, {"SELECT ?", sql.NullString{}},
		},
	}
	for _, s := range servers {
		t.Run(s.dialect.String(), func(t *testing.T) {
			db := s.open(t)
			for _, tc := range cases[s.dialect] {
				var got any
				if err := db.QueryRowContext(t.Context(), tc.query, tc.arg).Scan(&got); err != nil {
					t.Errorf("%s of %T: %v", tc.query, tc.arg, err)
					continue
				}
				want, known := value.Of(tc.arg)
				if h, ok := value.Of(got); h != want || !ok || !known {
					t.Errorf("%s: %T(%v) comes back as %T(%s) with another hash", tc.query, tc.arg, tc.arg, got, got)
				}
			}
		})
	}
}
