// Package typed uses keys of many types: uuid.UUID, pgtype.UUID, a named integer, a named string, a pointer,
// sql.NullInt64 and a driver.Valuer. The n-plus-one is proven for each type, as it is for plain integers, with pgx
// and with lib/pq. Writes row by row and repeated queries are reported. Two keys with empty results are not a
// duplicate.
//
// Related issues: uptrace/opentelemetry-go-extra#34, sqlc-dev/sqlc#4133.
package typed

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

type UserID int64
type Code string
type Key struct{ n int64 }

func (k Key) Value() (driver.Value, error) { return k.n, nil }
func (k *Key) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("not an integer: %T", v)
	}
	k.n = n
	return nil
}

// Loop reads keys of type K with the query list, and runs query for each of them.
func Loop[K any](ctx context.Context, db *sql.DB, list, query string, arg func(*K) any) (n int, err error) {
	rows, err := db.QueryContext(ctx, list)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var keys []K
	for rows.Next() {
		var k K
		if err := rows.Scan(&k); err != nil {
			return 0, err
		}
		keys = append(keys, k)
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	for i := range keys { // loop
		found, err := look(ctx, db, query, arg(&keys[i]))
		if err != nil {
			return 0, err
		}
		n += found
	}
	return n, nil
}

func look(ctx context.Context, db *sql.DB, query string, key any) (n int, err error) {
	rows, err := db.QueryContext(ctx, query, key)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

const (
	byUUID = "SELECT title FROM items WHERE owner_uuid = $1"
	byID   = "SELECT title FROM items WHERE owner_id = $1"
	byCode = "SELECT title FROM items WHERE owner_code = $1"
	uuids  = "SELECT uid FROM owners ORDER BY id"
	ids    = "SELECT id FROM owners ORDER BY id"
	codes  = "SELECT code FROM owners ORDER BY id"
)

func self[K any](k *K) any    { return *k }
func pointer[K any](k *K) any { return k }

func UUID(ctx context.Context, db *sql.DB) (int, error) {
	return Loop(ctx, db, uuids, byUUID, self[uuid.UUID])
}
func PGUUID(ctx context.Context, db *sql.DB) (int, error) {
	return Loop(ctx, db, uuids, byUUID, self[pgtype.UUID])
}
func Named(ctx context.Context, db *sql.DB) (int, error) {
	return Loop(ctx, db, ids, byID, self[UserID])
}
func Text(ctx context.Context, db *sql.DB) (int, error) {
	return Loop(ctx, db, codes, byCode, self[Code])
}
func Pointer(ctx context.Context, db *sql.DB) (int, error) {
	return Loop(ctx, db, ids, byID, pointer[int64])
}
func Null(ctx context.Context, db *sql.DB) (int, error) {
	return Loop(ctx, db, ids, byID, self[sql.NullInt64])
}
func Valuer(ctx context.Context, db *sql.DB) (int, error) { return Loop(ctx, db, ids, byID, self[Key]) }
func Plain(ctx context.Context, db *sql.DB) (int, error) {
	return Loop(ctx, db, ids, byID, self[int64])
}

// Two queries two owners in two places. Both have no items.
func Two(ctx context.Context, db *sql.DB) (int, error) {
	a, err := look(ctx, db, byUUID, uuid.MustParse("00000000-0000-4000-8000-0000000000aa"))
	if err != nil {
		return 0, err
	}
	b, err := look(ctx, db, byUUID, uuid.MustParse("00000000-0000-4000-8000-0000000000bb"))
	return a + b, err
}
