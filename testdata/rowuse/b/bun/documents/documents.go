// Package documents keeps scanned documents in folders.
package documents

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/uptrace/bun"
)

type Document struct {
	bun.BaseModel `bun:"table:documents"`

	ID       int64 `bun:",pk,autoincrement"`
	FolderID int64
	Name     string
	Kind     string
	Pages    int
	Text     string
	Content  []byte
}

type Store struct{ db *bun.DB }

func New(db *bun.DB) *Store { return &Store{db} }

func (s *Store) InFolder(ctx context.Context, folder int64) (docs []*Document, err error) {
	err = s.db.NewSelect().Model(&docs).Where("folder_id = ?", folder).OrderExpr("name").Scan(ctx) // want: unused-columns
	return docs, err
}

// List writes the names of the documents in a folder.
func List(ctx context.Context, out io.Writer, s *Store, folder int64) error {
	docs, err := s.InFolder(ctx, folder)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 8, 1, ' ', 0)
	for _, d := range docs {
		fmt.Fprintf(w, "%s\t%d p.\n", d.Name, d.Pages)
	}
	return w.Flush()
}
