package plain

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type libraryBook struct {
	ISBN, Title, Shelf string
}

const libraryChunk = 50

func importBooks(ctx context.Context, db *sql.DB, books []libraryBook) (int64, error) {
	var total int64
	for part := range slices.Chunk(books, libraryChunk) {
		n, err := insertBooks(ctx, db, part)
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

func insertBooks(ctx context.Context, db *sql.DB, books []libraryBook) (int64, error) {
	q := "INSERT INTO books (isbn, title, shelf) VALUES " + strings.TrimSuffix(strings.Repeat("(?, ?, ?), ", len(books)), ", ")
	args := make([]any, 0, 3*len(books))
	for _, b := range books {
		args = append(args, b.ISBN, b.Title, b.Shelf)
	}
	res, err := db.ExecContext(ctx, q, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

var libraryImport = rowuse.Case{
	Name:   "catalogue of a library is imported in chunks",
	Why:    "The loop runs one INSERT for each chunk of 50 rows, not for each row.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE books (isbn TEXT PRIMARY KEY, title TEXT NOT NULL, shelf TEXT NOT NULL);
INSERT INTO books VALUES ('x-1', 'Old book', 'A'), ('x-2', 'Older book', 'B');
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		var books []libraryBook
		for i := range 230 {
			books = append(books, libraryBook{fmt.Sprintf("978-%06d", i), fmt.Sprint("Book ", i), string(rune('A' + i%20))})
		}
		n, err := importBooks(ctx, db, books)
		Sink = n
		return err
	},
}
