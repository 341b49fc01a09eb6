package dbx

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type talk struct {
	Room    string `db:"room"`
	Starts  string `db:"starts"`
	Title   string `db:"title"`
	Speaker string `db:"speaker"`
}

type programme struct{ db *dbx.DB }

func (p programme) talks(ctx context.Context, day string) ([]talk, error) {
	var ts []talk
	err := p.db.Select("room", "starts", "title", "speaker").From("talks").Where(dbx.HashExp{"day": day}).OrderBy("starts", "room").WithContext(ctx).All(&ts)
	return ts, err
}

func groupBy[K comparable, V any](vs []V, key func(V) K) map[K][]V {
	m := make(map[K][]V)
	for _, v := range vs {
		k := key(v)
		m[k] = append(m[k], v)
	}
	return m
}

func printProgramme(ctx context.Context, p programme, w io.Writer, day string) error {
	ts, err := p.talks(ctx, day)
	if err != nil {
		return err
	}
	rooms := groupBy(ts, func(t talk) string { return t.Room })
	for _, room := range slices.Sorted(maps.Keys(rooms)) {
		fmt.Fprintf(w, "== %s (%d) ==\n", room, len(rooms[room]))
		for _, t := range rooms[room] {
			fmt.Fprintf(w, "%s  %s (%s)\n", t.Starts, t.Title, t.Speaker)
		}
	}
	return nil
}

var conferenceRooms = rowuse.Case{
	Name:   "programme of a day by room",
	Why:    "The rows are grouped to be printed, all of them; the count stands beside them.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE talks (id INTEGER PRIMARY KEY, day TEXT NOT NULL, room TEXT NOT NULL, starts TEXT NOT NULL, title TEXT NOT NULL, speaker TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO talks SELECT i, CASE i % 2 WHEN 0 THEN '2024-09-01' ELSE '2024-09-02' END, 'Room ' || (i % 5), printf('%02d:00', 9 + i % 8), 'Talk ' || i, 'Speaker ' || i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return printProgramme(ctx, programme{wrap(db)}, io.Discard, "2024-09-03")
	},
}
