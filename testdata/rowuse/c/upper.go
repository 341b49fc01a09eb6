package c

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"github.com/upper/db/v4"
	uppersqlite "github.com/upper/db/v4/adapter/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

const runs = `CREATE TABLE runs (id INTEGER PRIMARY KEY, robot TEXT, program TEXT, trace TEXT, ok BOOLEAN);
INSERT INTO runs `

// Upper lists the programs on upper/db.
func Upper() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("number of failed runs of a robot",
			"The runs with their traces are fetched for their number.",
			runs+series("36")+`SELECT i, 'arm', 'weld', hex(randomblob(800)), i%4 <> 0 FROM s;`,
			withUpper(func(s db.Session) error {
				n, err := robot{s, "arm"}.failures()
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(io.Discard, "failures:", n)
				return err
			}), rowuse.FetchToCount),
		onSQLite("first failed runs of a robot, and how many there are",
			"The total comes from a COUNT, the rows of the page are printed.",
			runs+series("36")+`SELECT i, 'arm', 'weld', hex(randomblob(8)), i%4 <> 0 FROM s;`,
			withUpper(func(s db.Session) error { return robot{s, "arm"}.print(io.Discard) })),
	}
}

func withUpper(f func(db.Session) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, d *sql.DB) error {
		s, err := uppersqlite.New(d)
		if err != nil {
			return err
		}
		return f(s.WithContext(ctx))
	}
}

type robotRun struct {
	ID      int    `db:"id"`
	Robot   string `db:"robot"`
	Program string `db:"program"`
	Trace   string `db:"trace"`
	OK      bool   `db:"ok"`
}

type robot struct {
	sess db.Session
	name string
}

func (r robot) failed() db.Result {
	return r.sess.Collection("runs").Find(db.Cond{"robot": r.name, "ok": false}).OrderBy("id")
}

func (r robot) failures() (int, error) {
	list := make([]robotRun, 0, 16)
	if err := r.failed().All(&list); err != nil {
		return 0, err
	}
	return len(list), nil
}

func (r robot) print(w io.Writer) error {
	total, err := r.failed().Count()
	if err != nil {
		return err
	}
	var page []robotRun
	if err := r.failed().Limit(5).All(&page); err != nil {
		return err
	}
	fmt.Fprintf(w, "%d of %d\n", len(page), total)
	for _, x := range page {
		fmt.Fprintln(w, x.ID, x.Robot, x.Program, x.Trace, x.OK)
	}
	return nil
}
