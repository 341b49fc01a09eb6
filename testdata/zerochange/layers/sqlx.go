package layers

import "github.com/jmoiron/sqlx"

type title struct {
	ID       uint   `db:"id"`
	AuthorID uint   `db:"author_id"`
	Title    string `db:"title"`
}

// Titles runs one query for each author.
func Titles(db *sqlx.DB) (titles []title, err error) {
	var ids []uint
	if err := db.Select(&ids, "SELECT id FROM authors ORDER BY id"); err != nil {
		return nil, err
	}
	for _, id := range ids { // want: n-plus-one proven
		var of []title
		if err := db.Select(&of, "SELECT id, author_id, title FROM books WHERE author_id = ?", id); err != nil {
			return nil, err
		}
		titles = append(titles, of...)
	}
	return titles, nil
}

// TitlesIn runs two queries.
func TitlesIn(db *sqlx.DB) (titles []title, err error) {
	var ids []uint
	if err := db.Select(&ids, "SELECT id FROM authors ORDER BY id"); err != nil {
		return nil, err
	}
	query, args, err := sqlx.In("SELECT id, author_id, title FROM books WHERE author_id IN (?)", ids)
	if err != nil {
		return nil, err
	}
	err = db.Select(&titles, query, args...)
	return titles, err
}
