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
		onSQLite("the longest-paid member of a club through a handle that logs",
			"All members are fetched for one maximum; the application's own handle passes on the destination, the text and the values.",
			memberships+series("40")+`SELECT i, 1 + i%2, 'person '||i, 100*(i%5) FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				until, err := lastPaid(ctx, &logged{sqlx.NewDb(db, "sqlite3"), io.Discard}, 1)
				fmt.Fprintln(io.Discard, until)
				return err
			}, rowuse.AggregateInApp),
		onSQLite("members of a club through a handle that logs",
			"Every member is printed with all columns.",
			memberships+series("40")+`SELECT i, 1 + i%2, 'person '||i, 100*(i%5) FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				return list(ctx, &logged{sqlx.NewDb(db, "sqlite3"), io.Discard}, io.Discard, 1)
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

// A handle runs statements.
type handle interface {
	SelectContext(ctx context.Context, dest any, query string, args ...any) error
}

// A logged handle writes each statement to a log.
type logged struct {
	*sqlx.DB
	log io.Writer
}

func (l *logged) SelectContext(ctx context.Context, dest any, query string, args ...any) error {
	fmt.Fprintln(l.log, query, args)
	return l.DB.SelectContext(ctx, dest, query, args...)
}

func ofClub(ctx context.Context, h handle, club int) ([]membership, error) {
	var list []membership
	err := h.SelectContext(ctx, &list, `SELECT id, person, paid_until FROM memberships WHERE club_id = ?`, club)
	return list, err
}

func lastPaid(ctx context.Context, h handle, club int) (until int64, err error) {
	members, err := ofClub(ctx, h, club)
	for _, m := range members {
		if m.PaidUntil > until {
			until = m.PaidUntil
		}
	}
	return until, err
}

func list(ctx context.Context, h handle, w io.Writer, club int) error {
	members, err := ofClub(ctx, h, club)
	for _, m := range members {
		fmt.Fprintln(w, m.ID, m.Person, m.PaidUntil)
	}
	return err
}
