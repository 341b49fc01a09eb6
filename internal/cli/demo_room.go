package cli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/testdata/app"
)

// A room is the database of the example application, in a folder of its own.
type room struct {
	db  *sql.DB
	dir string
}

// openRoom makes the database and fills it, outside of any scope.
func openRoom(ctx context.Context) (*room, error) {
	dir, err := os.MkdirTemp("", "nplusgone-demo-")
	if err != nil {
		return nil, withHint(fmt.Errorf("making a folder for the database: %w", err), "point TMPDIR at a folder that can be written to")
	}
	r := &room{dir: dir}
	path := (&url.URL{Path: filepath.ToSlash(filepath.Join(dir, "room.db"))}).EscapedPath()
	r.db, err = nplusgone.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=1")
	if err == nil {
		nplusgone.Ignore(ctx, func(ctx context.Context) { err = app.Seed(ctx, r.db) })
	}
	if err != nil {
		err = withHint(fmt.Errorf("making the database: %w", plain{err}), sqliteHint)
		return nil, errors.Join(err, r.close())
	}
	return r, nil
}

// close closes the database and removes it.
func (r *room) close() error {
	var closed error
	if r.db != nil {
		closed = r.db.Close()
	}
	return errors.Join(closed, os.RemoveAll(r.dir))
}
