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

// A demoDatabase is the database of the example application, in a temporary folder.
type demoDatabase struct {
	db  *sql.DB
	dir string
}

// openDemoDatabase creates and fills the database. Its statements are ignored.
func openDemoDatabase(ctx context.Context) (*demoDatabase, error) {
	dir, err := os.MkdirTemp("", "nplusgone-demo-")
	if err != nil {
		return nil, withHint(fmt.Errorf("making a folder for the database: %w", err), "set TMPDIR to a writable folder")
	}
	d := &demoDatabase{dir: dir}
	path := (&url.URL{Path: filepath.ToSlash(filepath.Join(dir, "app.db"))}).EscapedPath()
	d.db, err = nplusgone.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=1")
	if err == nil {
		nplusgone.Ignore(ctx, func(ctx context.Context) { err = app.Seed(ctx, d.db) })
	}
	if err != nil {
		err = withHint(fmt.Errorf("making the database: %w", plain{err}), sqliteHint)
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// close closes and removes the database.
func (d *demoDatabase) close() error {
	var closed error
	if d.db != nil {
		closed = d.db.Close()
	}
	return errors.Join(closed, os.RemoveAll(d.dir))
}
