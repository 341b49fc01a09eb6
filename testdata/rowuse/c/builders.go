package c

import (
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"text/template"

	sq "github.com/Masterminds/squirrel"
	"github.com/pocketbase/dbx"
	"xorm.io/xorm"
	"xorm.io/xorm/core"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

const grants = `CREATE TABLE grants (id INTEGER PRIMARY KEY, folder TEXT, person TEXT, may_write BOOLEAN, note TEXT);
CREATE TABLE persons (id INTEGER PRIMARY KEY, login TEXT UNIQUE, name TEXT);
INSERT INTO persons VALUES (1, 'ann', 'Ann'), (2, 'bo', 'Bo');
INSERT INTO grants `

// Xorm lists the programs on xorm.
func Xorm() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("a folder without writers is locked",
			"All grants of the folder are found only to compare their number with zero.",
			grants+series("30")+`SELECT i, '/f'||(i%3), 'ann', i%2, 'granted' FROM s;`,
			withXorm(func(s *xorm.Session) error {
				locked, err := lockFolder(s, "/f9")
				Sink = locked
				return err
			}), rowuse.FetchToExist),
		onSQLite("a person that logs in is known",
			"One row by a unique column, as every login does.",
			grants+series("30")+`SELECT i, '/f'||(i%3), 'ann', i%2, 'granted' FROM s;`,
			withXorm(func(s *xorm.Session) error {
				p := person{Login: "bo"}
				has, err := s.Get(&p)
				if err != nil || !has {
					return fmt.Errorf("no such person: %w", err)
				}
				Sink = p
				return nil
			})),
	}
}

func withXorm(f func(*xorm.Session) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		e, err := xorm.NewEngineWithDB("sqlite3", "app.db", core.FromDB(db))
		if err != nil {
			return err
		}
		s := e.NewSession().Context(ctx)
		defer s.Close()
		return f(s)
	}
}

type grant struct {
	ID       int64  `xorm:"pk autoincr 'id'"`
	Folder   string `xorm:"folder"`
	Person   string `xorm:"person"`
	MayWrite bool   `xorm:"may_write"`
	Note     string `xorm:"note"`
}

func (grant) TableName() string { return "grants" }

type person struct {
	ID    int64 `xorm:"pk 'id'"`
	Login string
	Name  string
}

func (person) TableName() string { return "persons" }

func writers(s *xorm.Session, folder string) ([]*grant, error) {
	var list []*grant
	if err := s.Where("folder = ?", folder).And("may_write = ?", true).Find(&list); err != nil {
		return nil, fmt.Errorf("writers of %s: %w", folder, err)
	}
	return list, nil
}

func lockFolder(s *xorm.Session, folder string) (bool, error) {
	list, err := writers(s, folder)
	if err != nil {
		return false, err
	}
	if len(list) == 0 {
		return true, nil
	}
	return false, nil
}

const wines = `CREATE TABLE wines (id INTEGER PRIMARY KEY, cellar INTEGER, name TEXT, year INTEGER, label BLOB, tasting TEXT, origin TEXT, bottles INTEGER);
INSERT INTO wines `

// Dbx lists the programs on dbx.
func Dbx() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("wine list of a cellar as text",
			"The template prints the name and the year; the picture of the label and the tasting notes are fetched too.",
			wines+series("25")+`SELECT i, 1, 'Wine '||i, 1990+i, randomblob(3000), hex(randomblob(500)), 'Mosel', i FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				return wineList(cellar{dbx.NewFromDB(db, "sqlite3").WithContext(ctx)}, io.Discard, 1)
			}, rowuse.UnusedColumns),
		onSQLite("stock of a cellar as CSV",
			"All columns that are selected are written.",
			wines+series("25")+`SELECT i, 1, 'Wine '||i, 1990+i, x'00', '', 'Mosel', i FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				return wineStock(cellar{dbx.NewFromDB(db, "sqlite3").WithContext(ctx)}, io.Discard, 1)
			}),
	}
}

type wine struct {
	ID      int    `db:"id"`
	Cellar  int    `db:"cellar"`
	Name    string `db:"name"`
	Year    int    `db:"year"`
	Label   []byte `db:"label"`
	Tasting string `db:"tasting"`
	Origin  string `db:"origin"`
	Bottles int    `db:"bottles"`
}

type cellar struct{ db *dbx.DB }

func (c cellar) wines(id int) ([]wine, error) {
	var list []wine
	err := c.db.Select().From("wines").Where(dbx.HashExp{"cellar": id}).OrderBy("name").All(&list)
	return list, err
}

const wineText = `{{range $i, $w := .}}{{if $i}}, {{end}}{{$w.Name}} {{$w.Year}}{{end}}
`

func wineList(c cellar, w io.Writer, id int) error {
	list, err := c.wines(id)
	if err != nil {
		return err
	}
	t, err := template.New("wines").Parse(wineText)
	if err != nil {
		return err
	}
	return t.Execute(w, list)
}

func wineStock(c cellar, w io.Writer, id int) error {
	var list []struct {
		Name    string `db:"name"`
		Year    int    `db:"year"`
		Bottles int    `db:"bottles"`
	}
	err := c.db.Select("name", "year", "bottles").From("wines").Where(dbx.NewExp("cellar={:c}", dbx.Params{"c": id})).All(&list)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	for _, x := range list {
		if err := out.Write([]string{x.Name, strconv.Itoa(x.Year), strconv.Itoa(x.Bottles)}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

const files = `CREATE TABLE files (id INTEGER PRIMARY KEY, volume INTEGER, path TEXT, size INTEGER);
INSERT INTO files `

// Squirrel lists the programs on squirrel.
func Squirrel() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("files of a volume below a folder",
			"All files of the volume are read; those of other folders are skipped by a prefix, which LIKE has.",
			files+series("48")+`SELECT i, 1, CASE i%3 WHEN 0 THEN '/etc/' ELSE '/var/' END||i, 10*i FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				list, err := volume{db, 1}.Below(ctx, "/var/")
				if err != nil {
					return err
				}
				return json.NewEncoder(io.Discard).Encode(list)
			}, rowuse.FilterInApp),
		onSQLite("files of a volume that match an expression",
			"The expression is one of Go's; SQLite has none.",
			files+series("48")+`SELECT i, 1, CASE i%3 WHEN 0 THEN '/etc/' ELSE '/var/' END||i, 10*i FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				list, err := volume{db, 1}.Matching(ctx, regexp.MustCompile(`^/var/\d+3$`))
				if err != nil {
					return err
				}
				return json.NewEncoder(io.Discard).Encode(list)
			}),
	}
}

type file struct {
	Path string
	Size int64
}

type volume struct {
	db *sql.DB
	id int
}

func (v volume) each(ctx context.Context, f func(file) error) error {
	rows, err := sq.Select("path", "size").From("files").Where(sq.Eq{"volume": v.id}).RunWith(v.db).QueryContext(ctx)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var x file
		if err := rows.Scan(&x.Path, &x.Size); err != nil {
			return err
		}
		if err := f(x); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (v volume) Below(ctx context.Context, folder string) (list []file, err error) {
	err = v.each(ctx, func(x file) error {
		if !strings.HasPrefix(x.Path, folder) {
			return nil
		}
		list = append(list, x)
		return nil
	})
	return list, err
}

func (v volume) Matching(ctx context.Context, e *regexp.Regexp) (list []file, err error) {
	err = v.each(ctx, func(x file) error {
		if e.MatchString(x.Path) {
			list = append(list, x)
		}
		return nil
	})
	return list, err
}
