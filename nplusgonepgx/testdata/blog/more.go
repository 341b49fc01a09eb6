package blog

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// CommentsByUUID has an N+1 whose keys are UUIDs, and the rows of the parent are read by a second connection's loop.
func CommentsByUUID(ctx context.Context, db DB) (n int, err error) {
	rows, err := db.Query(ctx, "SELECT public_id FROM posts ORDER BY id")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var ids []pgtype.UUID
	for rows.Next() {
		var id pgtype.UUID
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		ids = append(ids, id)
	}
	for _, id := range ids {
		var count int
		if err := db.QueryRow(ctx, "SELECT count(*) FROM comments WHERE post_public = $1", id).Scan(&count); err != nil {
			return 0, err
		}
		n += count
	}
	return n, nil
}

// CommentsWhileReading has an N+1 within the loop that reads the rows. It needs a pool.
func CommentsWhileReading(ctx context.Context, pool DB) (n int, err error) {
	rows, err := pool.Query(ctx, "SELECT id FROM posts ORDER BY id")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		var count int
		if err := pool.QueryRow(ctx, "SELECT count(*) FROM comments WHERE post_id = $1", id).Scan(&count); err != nil {
			return 0, err
		}
		n += count
	}
	return n, rows.Err()
}

// CountViews writes row by row.
func CountViews(ctx context.Context, db DB) error {
	posts, err := Posts(ctx, db)
	if err != nil {
		return err
	}
	for _, p := range posts {
		if _, err := db.Exec(ctx, "UPDATE posts SET views = views + 1 WHERE id = $1", p.ID); err != nil {
			return err
		}
	}
	return nil
}

// CopyComments inserts rows with CopyFrom.
func CopyComments(ctx context.Context, db DB) error {
	posts, err := Posts(ctx, db)
	if err != nil {
		return err
	}
	var rows [][]any
	for i, p := range posts {
		rows = append(rows, []any{int64(9000 + i), p.ID, make([]byte, 16), "copied"})
	}
	_, err = db.CopyFrom(ctx, pgx.Identifier{"comments"}, []string{"id", "post_id", "post_public", "body"}, pgx.CopyFromRows(rows))
	return err
}

// InsertInOneBatch inserts rows with one batch.
func InsertInOneBatch(ctx context.Context, db DB) error {
	posts, err := Posts(ctx, db)
	if err != nil {
		return err
	}
	batch := new(pgx.Batch)
	for i, p := range posts {
		batch.Queue("INSERT INTO comments (id, post_id, post_public, body) VALUES ($1, $2, $3, $4)", int64(8000+i), p.ID, pgtype.UUID{Valid: true}, "b")
	}
	return db.SendBatch(ctx, batch).Close()
}

// Chunks reads authors in chunks of a batch each: no N+1.
func Chunks(ctx context.Context, db DB) error {
	posts, err := Posts(ctx, db)
	if err != nil {
		return err
	}
	for len(posts) > 0 {
		chunk := posts[:min(5, len(posts))]
		posts = posts[len(chunk):]
		batch := new(pgx.Batch)
		for _, p := range chunk {
			batch.Queue("SELECT body FROM comments WHERE post_id = $1", p.ID)
		}
		if err := db.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
	}
	return nil
}

// Exists reads one row of many and closes the result.
func Exists(ctx context.Context, db DB) (bool, error) {
	rows, err := db.Query(ctx, "SELECT id FROM comments WHERE id > $1", 0)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), nil
}

// AuthorsPrepared is AuthorsOneByOne with a prepared statement that is used by its name. It needs a connection.
func AuthorsPrepared(ctx context.Context, db DB) (names []string, err error) {
	if _, err := db.(*pgx.Conn).Prepare(ctx, "author", authorByID); err != nil {
		return nil, err
	}
	posts, err := Posts(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		var name string
		if err := db.QueryRow(ctx, "author", p.AuthorID).Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// AuthorsByDate has an N+1 by a date.
func AuthorsByDate(ctx context.Context, db DB) (int, error) {
	return each[time.Time](ctx, db, "SELECT born FROM authors ORDER BY id", "SELECT count(*) FROM authors WHERE born = $1 AND name <> ''")
}

// AuthorsByInstant has an N+1 by a time with a zone.
func AuthorsByInstant(ctx context.Context, db DB) (int, error) {
	return each[time.Time](ctx, db, "SELECT joined FROM authors ORDER BY id", "SELECT count(*) FROM authors WHERE joined = $1 AND name <> ''")
}

// PostsByTime has an N+1 by a time without a zone.
func PostsByTime(ctx context.Context, db DB) (int, error) {
	return each[time.Time](ctx, db, "SELECT written FROM posts ORDER BY id", "SELECT count(*) FROM posts WHERE written = $1 AND title <> ''")
}

// PostsByPrice has an N+1 by a number with a fraction.
func PostsByPrice(ctx context.Context, db DB) (int, error) {
	return each[pgtype.Numeric](ctx, db, "SELECT price FROM posts ORDER BY id", "SELECT count(*) FROM posts WHERE price = $1 AND title <> ''")
}

func each[T any](ctx context.Context, db DB, list, one string) (n int, err error) {
	rows, err := db.Query(ctx, list)
	if err != nil {
		return 0, err
	}
	keys, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		var count int
		if err := db.QueryRow(ctx, one, key).Scan(&count); err != nil {
			return 0, err
		}
		n += count
	}
	return n, nil
}

// Write updates rows, in the transaction of the caller.
func Write(ctx context.Context, db DB, ids []int64) error {
	for _, id := range ids {
		if _, err := db.Exec(ctx, "UPDATE posts SET views = views + 1 WHERE id = $1", id); err != nil {
			return err
		}
	}
	return nil
}

// WriteInTransactions updates rows with a transaction for each.
func WriteInTransactions(ctx context.Context, db interface {
	DB
	Begin(context.Context) (pgx.Tx, error)
}, ids []int64) error {
	for _, id := range ids {
		tx, err := db.Begin(ctx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE posts SET views = views + 1 WHERE id = $1", id); err != nil {
			return err
		}
		if err := tx.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}

// FromSQLToPgx has an N+1 whose parent is read through database/sql.
func FromSQLToPgx(ctx context.Context, db *sql.DB, conn DB) error {
	rows, err := db.QueryContext(ctx, "SELECT public_id FROM posts ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		var n int
		if err := conn.QueryRow(ctx, "SELECT count(*) FROM comments WHERE post_public = $1", id).Scan(&n); err != nil {
			return err
		}
	}
	return rows.Err()
}

// FromPgxToSQL has an N+1 whose parent is read through pgx.
func FromPgxToSQL(ctx context.Context, conn DB, db *sql.DB) error {
	rows, err := conn.Query(ctx, "SELECT public_id FROM posts ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id [16]byte
		if err := rows.Scan(&id); err != nil {
			return err
		}
		var n int
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM comments WHERE post_public = $1", id).Scan(&n); err != nil {
			return err
		}
	}
	return rows.Err()
}
