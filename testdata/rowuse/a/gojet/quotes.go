package gojet

import (
	"context"
	"database/sql"
	"encoding/xml"
	"io"

	"github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

type feedEntry struct {
	ID     int32  `xml:"id,attr"`
	Author string `xml:"author"`
	Text   string `xml:"text"`
}

func latestQuotes(ctx context.Context, db *sql.DB) ([]model.Quotes, error) {
	q := table.Quotes
	stmt := sqlite.SELECT(q.ID, q.Author, q.Text).FROM(q).WHERE(q.Approved.IS_TRUE()).ORDER_BY(q.ID.DESC()).LIMIT(25)
	var list []model.Quotes
	if err := stmt.QueryContext(ctx, db, &list); err != nil {
		return nil, err
	}
	return list, nil
}

func writeFeed(ctx context.Context, db *sql.DB, w io.Writer) error {
	list, err := latestQuotes(ctx, db)
	if err != nil {
		return err
	}
	var feed struct {
		XMLName xml.Name    `xml:"feed"`
		Entries []feedEntry `xml:"entry"`
	}
	for _, q := range list {
		feed.Entries = append(feed.Entries, feedEntry{q.ID, q.Author, q.Text})
	}
	return xml.NewEncoder(w).Encode(feed)
}

var quotesFeed = rowuse.Case{
	Name:   "feed of the newest approved quotes",
	Why:    "LIMIT 25.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE quotes (id INTEGER NOT NULL PRIMARY KEY, author TEXT NOT NULL, text TEXT NOT NULL, approved BOOLEAN NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1300) INSERT INTO quotes SELECT i, 'Author ' || (i % 50), 'Quote ' || i, i % 5 <> 0 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error { return writeFeed(ctx, db, io.Discard) },
}
