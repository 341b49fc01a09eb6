package sqlc

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/photodb"
)

type photoItem struct {
	ID      int64  `json:"id"`
	Album   int64  `json:"album"`
	Caption string `json:"caption"`
	URL     string `json:"url"`
}

type photoPage struct {
	Items []photoItem `json:"items"`
	More  bool        `json:"more"`
}

type photoQuerier interface {
	ListPhotosAfter(ctx context.Context, arg photodb.ListPhotosAfterParams) ([]photodb.Photo, error)
}

const photoPageSize = 20

func scrollAlbum(ctx context.Context, q photoQuerier, album, after int64) (*photoPage, error) {
	ps, err := q.ListPhotosAfter(ctx, photodb.ListPhotosAfterParams{AlbumID: album, AfterID: after, Limit: photoPageSize + 1})
	if err != nil {
		return nil, err
	}
	page := &photoPage{More: len(ps) > photoPageSize}
	if page.More {
		ps = ps[:photoPageSize]
	}
	for _, p := range ps {
		page.Items = append(page.Items, photoItem{ID: p.ID, Album: p.AlbumID, Caption: p.Caption, URL: p.Url})
	}
	return page, nil
}

var albumScroll = rowuse.Case{
	Name:   "next photos of an album and whether there are more",
	Why:    "The length tells whether there is another page; the rows are returned.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE photos (id INTEGER PRIMARY KEY, album_id INTEGER NOT NULL, caption TEXT NOT NULL, url TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO photos SELECT i, 1 + i % 2, 'cap ' || i, 'https://img.example/' || i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		p, err := scrollAlbum(ctx, photodb.New(db), 2, 4)
		if err != nil {
			return err
		}
		return json.NewEncoder(io.Discard).Encode(p)
	},
}
