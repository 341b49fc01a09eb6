package proof

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// Load tries PostgreSQL's COPY on an empty database. The function copies rows, in the text form, over a connection of the
// driver.
func Load(t *testing.T, db *sql.DB, copyRows func(conn any, text, rows string) error) {
	setUp(t, db, pg)
	for _, c := range Loads {
		t.Run(c.Name, func(t *testing.T) {
			loop := read(pg, c.Loop)
			r, err := rewrite.Load(rewrite.Loop{Dialect: pg, Parsed: loop.parsed})
			if c.Refuse != "" {
				if err == nil || !strings.Contains(err.Error(), c.Refuse) {
					t.Errorf("the reason is %v, and does not speak of %q", err, c.Refuse)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := r.SQL(); got != c.Want || r.Shape != c.Shape {
				t.Errorf("for people it is (%s)\n got %s\nwant %s", r.Shape, got, c.Want)
			}
			turns := query(t, db, c.Parent).rows
			var rows strings.Builder
			for _, turn := range turns {
				fmt.Fprintf(&rows, "%v\t%v\n", turn...)
			}
			want, _ := within(t, db, func(q querier) [][]any {
				for _, turn := range turns {
					execute(t, q, false, loop.text, turn)
				}
				return nil
			})
			conn, err := db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := conn.Raw(func(c any) error { return copyRows(c, r.SQL(), rows.String()) }); err != nil {
				t.Fatal(err)
			}
			conn.Close()
			got, _ := within(t, db, func(querier) [][]any { return nil })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-loop +rewrite)\n%s", diff)
			}
			if _, err := db.ExecContext(context.Background(), "DELETE FROM posts WHERE id > 100"); err != nil {
				t.Fatal(err)
			}
		})
	}
}
