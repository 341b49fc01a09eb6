// Package chunks reads and writes chunks of keys without an IN list: by OR, UNION ALL, a join with VALUES,
// unnested arrays and FIND_IN_SET. Each statement takes several keys, so nothing is reported.
//
// Related issues: aarondl/sqlboiler#850, npci/drunix#15.
package chunks

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/lib/pq"
)

type Key struct{ A, B int64 }

func drain(rows *sql.Rows, err error) (out []Key, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var k Key
		if err := rows.Scan(&k.A, &k.B); err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

func OrChain(ctx context.Context, db *sql.DB, keys []Key, size int) (out []Key, err error) {
	for start := 0; start < len(keys); start += size {
		part := keys[start:min(start+size, len(keys))]
		var or []string
		var args []any
		for _, k := range part {
			args = append(args, k.A, k.B)
			or = append(or, fmt.Sprintf("(a = $%d AND b = $%d)", len(args)-1, len(args)))
		}
		m, err := drain(db.QueryContext(ctx, "SELECT a, b FROM pairs WHERE "+strings.Join(or, " OR "), args...))
		if err != nil {
			return nil, err
		}
		out = append(out, m...)
	}
	return out, nil
}

func Union(ctx context.Context, db *sql.DB, keys []Key, size int) (out []Key, err error) {
	for start := 0; start < len(keys); start += size {
		part := keys[start:min(start+size, len(keys))]
		var sel []string
		var args []any
		for _, k := range part {
			args = append(args, k.A)
			sel = append(sel, fmt.Sprintf("(SELECT a, b FROM pairs WHERE a = $%d ORDER BY b LIMIT 2)", len(args)))
		}
		m, err := drain(db.QueryContext(ctx, strings.Join(sel, " UNION ALL "), args...))
		if err != nil {
			return nil, err
		}
		out = append(out, m...)
	}
	return out, nil
}

func Values(ctx context.Context, db *sql.DB, keys []Key, size int) (out []Key, err error) {
	for start := 0; start < len(keys); start += size {
		part := keys[start:min(start+size, len(keys))]
		var vs []string
		var args []any
		for _, k := range part {
			args = append(args, k.A, k.B)
			vs = append(vs, fmt.Sprintf("($%d::bigint, $%d::bigint)", len(args)-1, len(args)))
		}
		m, err := drain(db.QueryContext(ctx, "SELECT p.a, p.b FROM pairs p JOIN (VALUES "+strings.Join(vs, ",")+") k(a, b) ON k.a = p.a AND k.b = p.b", args...))
		if err != nil {
			return nil, err
		}
		out = append(out, m...)
	}
	return out, nil
}

func UpdateUnnest(ctx context.Context, db *sql.DB, keys []Key, size int) error {
	for start := 0; start < len(keys); start += size {
		var as, bs []int64
		for _, k := range keys[start:min(start+size, len(keys))] {
			as, bs = append(as, k.A), append(bs, k.B)
		}
		if _, err := db.ExecContext(ctx, "UPDATE pairs SET b = d.b FROM (SELECT unnest($1::bigint[]) AS a, unnest($2::bigint[]) AS b) d WHERE pairs.a = d.a", pq.Array(as), pq.Array(bs)); err != nil {
			return err
		}
	}
	return nil
}

func DeleteIn(ctx context.Context, db *sql.DB, keys []Key, size int) error {
	for start := 0; start < len(keys); start += size {
		var as []int64
		for _, k := range keys[start:min(start+size, len(keys))] {
			as = append(as, k.A)
		}
		if _, err := db.ExecContext(ctx, "DELETE FROM pairs WHERE a IN (SELECT unnest($1::bigint[]))", pq.Array(as)); err != nil {
			return err
		}
	}
	return nil
}

func OrDelete(ctx context.Context, db *sql.DB, keys []Key, size int) error {
	for start := 0; start < len(keys); start += size {
		var or []string
		var args []any
		for _, k := range keys[start:min(start+size, len(keys))] {
			args = append(args, k.A, k.B)
			or = append(or, fmt.Sprintf("(a = $%d AND b = $%d)", len(args)-1, len(args)))
		}
		if _, err := db.ExecContext(ctx, "DELETE FROM pairs WHERE "+strings.Join(or, " OR "), args...); err != nil {
			return err
		}
	}
	return nil
}

func FindInSet(ctx context.Context, db *sql.DB, keys []Key, size int) (out []Key, err error) {
	for start := 0; start < len(keys); start += size {
		var s []string
		for _, k := range keys[start:min(start+size, len(keys))] {
			s = append(s, fmt.Sprint(k.A))
		}
		m, err := drain(db.QueryContext(ctx, "SELECT a, b FROM pairs WHERE FIND_IN_SET(a, ?)", strings.Join(s, ",")))
		if err != nil {
			return nil, err
		}
		out = append(out, m...)
	}
	return out, nil
}
