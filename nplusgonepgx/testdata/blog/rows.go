package blog

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// CommentCount fetches rows to count them.
func CommentCount(ctx context.Context, db DB) (int, error) {
	rows, err := db.Query(ctx, "SELECT id, body FROM comments WHERE post_id > $1", 0)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// CommentCountCollected fetches rows to count them, with a collector.
func CommentCountCollected(ctx context.Context, db DB) (int, error) {
	rows, err := db.Query(ctx, "SELECT id FROM comments WHERE post_id > $1", 0)
	if err != nil {
		return 0, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	return len(ids), err
}

// TotalViews fetches rows to sum up a column.
func TotalViews(ctx context.Context, db DB) (int, error) {
	rows, err := db.Query(ctx, "SELECT id, views FROM posts WHERE id > $1", 0)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	sum := 0
	for rows.Next() {
		var id int64
		var views int
		if err := rows.Scan(&id, &views); err != nil {
			return 0, err
		}
		sum += views
	}
	return sum, rows.Err()
}

// CommentsForEach has an N+1 within pgx's own loop over the rows. It needs a pool.
func CommentsForEach(ctx context.Context, pool DB) (n int, err error) {
	rows, err := pool.Query(ctx, "SELECT id FROM posts ORDER BY id")
	if err != nil {
		return 0, err
	}
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		var count int
		err := pool.QueryRow(ctx, "SELECT count(*) FROM comments WHERE post_id = $1", id).Scan(&count)
		n += count
		return err
	})
	return n, err
}
