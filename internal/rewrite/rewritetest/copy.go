package rewritetest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// copies are inserts that PostgreSQL's COPY may replace.
var copies = []Case{
	{Name: "copy", Parent: newPosts, Shape: rewrite.ShapeCopy, Loop: "INSERT INTO posts (id, title) VALUES (?, ?)", Want: "COPY posts (id, title) FROM STDIN"},
	{Name: "an expression", Loop: "INSERT INTO posts (id, title) VALUES (?, upper(?))", Refuse: "expressions"},
	{Name: "an upsert", Loop: "INSERT INTO posts (id, title) VALUES (?, ?) ON CONFLICT DO NOTHING", Refuse: "ON CONFLICT"},
	{Name: "no columns", Loop: "INSERT INTO log VALUES (?, ?, ?)", Refuse: "names no columns"},
}

// RunCopy runs PostgreSQL's COPY on an empty database. copyRows copies rows, in the text form, over a connection of the
// driver.
func RunCopy(t *testing.T, db *sql.DB, copyRows func(conn any, text, rows string) error) {
	setUp(t, db, pg)
	for _, c := range copies {
		t.Run(c.Name, func(t *testing.T) {
			loop := read(pg, c.Loop)
			r, err := rewrite.Copy(rewrite.Loop{Dialect: pg, Parsed: loop.parsed})
			if !c.expected(t, pg, r, err) {
				return
			}
			p := &play{db: db, d: pg, c: c, r: r}
			turns := p.turns(t)
			var rows strings.Builder
			for _, turn := range turns {
				fmt.Fprintf(&rows, "%v\t%v\n", turn...)
			}
			want, _, err := p.within(t, loop, func(q querier) ([][]any, error) {
				for _, turn := range turns {
					if _, err := execute(q, false, loop.text, turn); err != nil {
						return nil, err
					}
				}
				return nil, nil
			})
			if err != nil {
				t.Fatal(err)
			}
			conn, err := db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := conn.Raw(func(c any) error { return copyRows(c, r.SQL(), rows.String()) }); err != nil {
				t.Fatal(err)
			}
			conn.Close()
			got, _, _ := p.within(t, loop, func(querier) ([][]any, error) { return nil, nil })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-loop +rewrite)\n%s", diff)
			}
			run(t, db, "DELETE FROM posts WHERE id > 100")
		})
	}
}
