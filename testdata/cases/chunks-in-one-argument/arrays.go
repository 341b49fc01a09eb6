// Package arrays passes chunks of keys as one argument: as an array in text or native form, unnested, or as a JSON
// list. Chunks are not reported, neither for reads nor for writes, with pgx and with lib/pq. An array of one key
// for each row is an n-plus-one. Two arrays with equal results are not a duplicate.
//
// Related issues: aarondl/sqlboiler#850, assembledhq/143#112.
package arrays

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/lib/pq"
)

func each(ctx context.Context, db *sql.DB, query string, arg any) (n int, err error) {
	rows, err := db.QueryContext(ctx, query, arg)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var title string
		if err := rows.Scan(&id, &title); err != nil {
			return 0, err
		}
		n += len(title)
	}
	return n, rows.Err()
}

func chunks(ids []int64, size int, do func([]int64) error) error {
	for len(ids) > 0 {
		k := min(size, len(ids))
		if err := do(ids[:k]); err != nil {
			return err
		}
		ids = ids[k:]
	}
	return nil
}

const any1 = "SELECT member_id, title FROM posts WHERE member_id = ANY($1)"

func ChunksText(ctx context.Context, db *sql.DB, ids []int64, size int) (n int, err error) {
	for start := 0; start < len(ids); start += size {
		m, err := each(ctx, db, any1, pq.Array(ids[start:min(start+size, len(ids))]))
		if err != nil {
			return 0, err
		}
		n += m
	}
	return n, nil
}

func ChunksNative(ctx context.Context, db *sql.DB, ids []int64, size int) (n int, err error) {
	err = chunks(ids, size, func(part []int64) error {
		m, err := each(ctx, db, any1, part)
		n += m
		return err
	})
	return n, err
}

func ChunksUnnest(ctx context.Context, db *sql.DB, ids []int64, size int) (n int, err error) {
	for start := 0; start < len(ids); start += size {
		m, err := each(ctx, db, "SELECT p.member_id, p.title FROM posts p JOIN unnest($1::bigint[]) AS k(id) ON k.id = p.member_id", pq.Array(ids[start:min(start+size, len(ids))]))
		if err != nil {
			return 0, err
		}
		n += m
	}
	return n, nil
}

func ChunksJSON(ctx context.Context, db *sql.DB, ids []int64, size int) (n int, err error) {
	for start := 0; start < len(ids); start += size {
		b, _ := json.Marshal(ids[start:min(start+size, len(ids))])
		m, err := each(ctx, db, "SELECT member_id, title FROM posts WHERE member_id IN (SELECT value FROM json_each(?))", string(b))
		if err != nil {
			return 0, err
		}
		n += m
	}
	return n, nil
}

// InsertChunks inserts one chunk per statement, as an unnested array.
func InsertChunks(ctx context.Context, db *sql.DB, ids []int64, size int) error {
	for start := 0; start < len(ids); start += size {
		if _, err := db.ExecContext(ctx, "INSERT INTO seen (member_id) SELECT unnest($1::bigint[])", pq.Array(ids[start:min(start+size, len(ids))])); err != nil {
			return err
		}
	}
	return nil
}

// DeleteChunks deletes one chunk per statement.
func DeleteChunks(ctx context.Context, db *sql.DB, ids []int64, size int) error {
	for start := 0; start < len(ids); start += size {
		if _, err := db.ExecContext(ctx, "DELETE FROM seen WHERE member_id = ANY($1)", pq.Array(ids[start:min(start+size, len(ids))])); err != nil {
			return err
		}
	}
	return nil
}

func UpdateChunks(ctx context.Context, db *sql.DB, ids []int64, size int) error {
	for start := 0; start < len(ids); start += size {
		if _, err := db.ExecContext(ctx, "UPDATE posts SET title = 'x' WHERE member_id = ANY($1)", ids[start:min(start+size, len(ids))]); err != nil {
			return err
		}
	}
	return nil
}

func OneText(ctx context.Context, db *sql.DB, ids []int64) (n int, err error) {
	for _, id := range ids { // loopOneText
		m, err := each(ctx, db, any1, pq.Array([]int64{id}))
		if err != nil {
			return 0, err
		}
		n += m
	}
	return n, nil
}

func OneNative(ctx context.Context, db *sql.DB, ids []int64) (n int, err error) {
	for _, id := range ids { // loopOneNative
		m, err := each(ctx, db, any1, []int64{id})
		if err != nil {
			return 0, err
		}
		n += m
	}
	return n, nil
}

// Different queries two sets of keys in two places. Both results are empty.
func Different(ctx context.Context, db *sql.DB) (int, error) {
	a, err := each(ctx, db, any1, []int64{901, 902})
	if err != nil {
		return 0, err
	}
	b, err := each(ctx, db, any1, []int64{903, 904})
	return a + b, err
}
