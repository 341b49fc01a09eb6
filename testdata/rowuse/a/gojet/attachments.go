package gojet

import (
	"context"
	"database/sql"
	"fmt"

	. "github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	. "github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

type blobStore map[string][]byte

func (b blobStore) remove(name string) { delete(b, name) }

type attachmentRepo struct{ db *sql.DB }

func (r attachmentRepo) get(ctx context.Context, id int64) (a model.Attachments, err error) {
	err = SELECT(Attachments.AllColumns).FROM(Attachments).WHERE(Attachments.ID.EQ(Int(id))).QueryContext(ctx, r.db, &a)
	return a, err
}

func (r attachmentRepo) delete(ctx context.Context, id int32) error {
	_, err := Attachments.DELETE().WHERE(Attachments.ID.EQ(Int32(id))).ExecContext(ctx, r.db)
	return err
}

func removeAttachment(ctx context.Context, r attachmentRepo, files blobStore, id int64) (string, error) {
	a, err := r.get(ctx, id)
	if err != nil {
		return "", fmt.Errorf("attachment %d: %w", id, err)
	}
	if err := r.delete(ctx, a.ID); err != nil {
		return "", err
	}
	files.remove(a.FileName)
	return fmt.Sprintf("%s removed, %d bytes free", a.FileName, a.Bytes), nil
}

var attachmentRemove = rowuse.Case{
	Name:   "attachment is removed with its file",
	Why:    "The row is read before the DELETE for its file name and size.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE attachments (id INTEGER NOT NULL PRIMARY KEY, file_name TEXT NOT NULL, bytes INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15) INSERT INTO attachments SELECT i, 'file' || i || '.pdf', 1000 * i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = removeAttachment(ctx, attachmentRepo{db}, blobStore{"file6.pdf": []byte("%PDF")}, 6)
		return err
	},
}
