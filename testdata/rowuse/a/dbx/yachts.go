package dbx

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/dbx/yachts"
)

func pictureLinks(ctx context.Context, g yachts.Gallery, yacht int64) ([]string, error) {
	ps, err := g.Pictures(ctx, yacht)
	if err != nil {
		return nil, err
	}
	var links []string
	for _, p := range ps {
		links = append(links, fmt.Sprintf("/media/%d/%s", yacht, url.PathEscape(p.FileName)))
	}
	return links, nil
}

var yachtLinks = rowuse.Case{
	Name:   "links to the pictures of a yacht",
	Want:   []string{rowuse.UnusedColumns},
	Why:    "Two blobs and the EXIF text of every picture are fetched, only the file name is used. The yacht of this run has none.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE pictures (id INTEGER PRIMARY KEY, yacht_id INTEGER NOT NULL, file_name TEXT NOT NULL, exif TEXT NOT NULL, preview BLOB NOT NULL, original BLOB NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 36) INSERT INTO pictures SELECT i, i % 3, 'pic ' || i || '.jpg', printf('%.*c', 600, 'e'), randomblob(1500), randomblob(9000) FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = pictureLinks(ctx, yachts.NewGallery(wrap(db)), 7)
		return err
	},
}
