package blog

import (
	"context"
	"encoding/json"
	"io"

	"github.com/jackc/pgx/v5"
)

// The functions in this file read rows in pgx's other ways. None of them fetches rows only to count or to add them.

const allComments = "SELECT id, post_id, body FROM comments WHERE id > $1"

// ReadValues reads rows by Values.
func ReadValues(ctx context.Context, db DB, w io.Writer) error {
	rows, err := db.Query(ctx, allComments, 0)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return err
		}
		if err := json.NewEncoder(w).Encode(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ReadRawValues reads rows by RawValues.
func ReadRawValues(ctx context.Context, db DB, w io.Writer) error {
	rows, err := db.Query(ctx, allComments, 0)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		for _, b := range rows.RawValues() {
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}

// A Comment is a row of comments.
type Comment struct {
	ID     int64
	PostID int64
	Body   string
}

// ReadCollected reads rows with a collector.
func ReadCollected(ctx context.Context, db DB, w io.Writer) error {
	rows, err := db.Query(ctx, allComments, 0)
	if err != nil {
		return err
	}
	comments, err := pgx.CollectRows(rows, pgx.RowToStructByName[Comment])
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(comments)
}

// ReadByFunction reads rows with a function for each row.
func ReadByFunction(ctx context.Context, db DB, w io.Writer) error {
	rows, err := db.Query(ctx, allComments, 0)
	if err != nil {
		return err
	}
	comments, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c Comment, err error) {
		err = row.Scan(&c.ID, &c.PostID, &c.Body)
		return c, err
	})
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(comments)
}

// ReadByRowTo reads rows with a collector's function in a loop.
func ReadByRowTo(ctx context.Context, db DB, w io.Writer) error {
	rows, err := db.Query(ctx, allComments, 0)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		c, err := pgx.RowToStructByPos[Comment](rows)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(w).Encode(c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ReadForEach reads rows with ForEachRow.
func ReadForEach(ctx context.Context, db DB, w io.Writer) error {
	rows, err := db.Query(ctx, allComments, 0)
	if err != nil {
		return err
	}
	var c Comment
	_, err = pgx.ForEachRow(rows, []any{&c.ID, &c.PostID, &c.Body}, func() error {
		return json.NewEncoder(w).Encode(c)
	})
	return err
}

// scanner reads a row itself.
type scanner struct{ w io.Writer }

// ScanRow implements pgx.RowScanner.
func (s *scanner) ScanRow(rows pgx.Rows) error {
	values, err := rows.Values()
	if err != nil {
		return err
	}
	return json.NewEncoder(s.w).Encode(values)
}

// ReadByScanner reads rows into a value that reads them itself.
func ReadByScanner(ctx context.Context, db DB, w io.Writer) error {
	rows, err := db.Query(ctx, allComments, 0)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&scanner{w}); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ReadInBatch reads the rows of a batch.
func ReadInBatch(ctx context.Context, db DB, w io.Writer) error {
	batch := new(pgx.Batch)
	batch.Queue(allComments, 0).Query(func(rows pgx.Rows) error {
		comments, err := pgx.CollectRows(rows, pgx.RowToMap)
		if err != nil {
			return err
		}
		return json.NewEncoder(w).Encode(comments)
	})
	batch.Queue("SELECT count(*) FROM posts WHERE id > $1", 0).QueryRow(func(row pgx.Row) error {
		var n int
		return row.Scan(&n)
	})
	return db.SendBatch(ctx, batch).Close()
}
