// Package bookmarks keeps links.
package bookmarks

import (
	"context"
	"database/sql"
	"errors"

	"github.com/go-jet/jet/v2/qrm"
	. "github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

var ErrNotFound = errors.New("bookmark not found")

type Store struct{ db *sql.DB }

func NewStore(db *sql.DB) *Store { return &Store{db} }

func (s *Store) Find(ctx context.Context, id int64) (*model.Bookmarks, error) {
	b := new(model.Bookmarks)
	stmt := SELECT(table.Bookmarks.AllColumns).FROM(table.Bookmarks).WHERE(table.Bookmarks.ID.EQ(Int(id)))
	err := stmt.QueryContext(ctx, s.db, b) // want: redundant-key-lookup
	if errors.Is(err, qrm.ErrNoRows) {
		return nil, ErrNotFound
	}
	return b, err
}

func (s *Store) Delete(ctx context.Context, id int64) error {
	_, err := table.Bookmarks.DELETE().WHERE(table.Bookmarks.ID.EQ(Int(id))).ExecContext(ctx, s.db) // also: redundant-key-lookup
	return err
}
