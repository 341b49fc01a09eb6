package c

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"slices"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

const memberships = `CREATE TABLE memberships (id INTEGER PRIMARY KEY, club_id INTEGER, person TEXT, paid_until INTEGER);
INSERT INTO memberships `

// Sqlx lists the programs on sqlx.
func Sqlx() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("members whose fee is paid",
			"All members of the club are fetched, and those who have not paid are deleted from the slice: paid_until >= ?.",
			memberships+series("40")+`SELECT i, 1 + i%2, 'person '||i, 100*(i%5) FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				c := clubs{sqlx.NewDb(db, "sqlite3")}
				paid, err := c.Paid(ctx, 1, 250)
				for _, m := range paid {
					fmt.Fprintln(io.Discard, m.Person, m.PaidUntil)
				}
				return err
			}, rowuse.FilterInApp),
		onSQLite("members of a club, paid first",
			"Both parts of the list are printed: nothing is dropped.",
			memberships+series("30")+`SELECT i, 1 + i%2, 'person '||i, 100*(i%5) FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				return printMembers(ctx, clubs{sqlx.NewDb(db, "sqlite3")}, io.Discard, 2, 250)
			}),
	}
}

type membership struct {
	ID        int    `db:"id"`
	Person    string `db:"person"`
	PaidUntil int64  `db:"paid_until"`
}

func (m membership) lapsed(at int64) bool { return m.PaidUntil < at }

type clubs struct{ db *sqlx.DB }

func (c clubs) members(ctx context.Context, club int) ([]membership, error) {
	var list []membership
	err := c.db.SelectContext(ctx, &list, c.db.Rebind(`SELECT id, person, paid_until FROM memberships WHERE club_id = ?`), club)
	return list, err
}

func (c clubs) Paid(ctx context.Context, club int, at int64) ([]membership, error) {
	list, err := c.members(ctx, club)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(m membership) bool { return m.lapsed(at) }), nil
}

func printMembers(ctx context.Context, c clubs, w io.Writer, club int, at int64) error {
	list, err := c.members(ctx, club)
	if err != nil {
		return err
	}
	var paid, lapsed []membership
	for _, m := range list {
		if m.lapsed(at) {
			lapsed = append(lapsed, m)
		} else {
			paid = append(paid, m)
		}
	}
	for _, m := range append(paid, lapsed...) {
		fmt.Fprintf(w, "%4d %-20s %d\n", m.ID, m.Person, m.PaidUntil)
	}
	return nil
}
