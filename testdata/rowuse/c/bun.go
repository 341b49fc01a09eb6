package c

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

const puzzles = `CREATE TABLE puzzles (id INTEGER PRIMARY KEY, title TEXT, level INTEGER, published BOOLEAN);
INSERT INTO puzzles `

// Bun lists the programs on bun.
func Bun() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("all published puzzles for the app",
			"Each published puzzle is returned, without a limit: the table grows for ever.",
			puzzles+series("1400")+`SELECT i, 'Puzzle '||i, i%5, i%10 <> 0 FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				return serve(ctx, &puzzleAPI{bun.NewDB(db, sqlitedialect.New())}, "/puzzles")
			}, rowuse.UnboundedResult),
		onSQLite("puzzles after the last one that the app has",
			"A page of 50 after a key.",
			puzzles+series("1400")+`SELECT i, 'Puzzle '||i, i%5, i%10 <> 0 FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				return serve(ctx, &puzzleAPI{bun.NewDB(db, sqlitedialect.New())}, "/puzzles?after=200")
			}),
		onSQLite("name of the keeper of a beehive",
			"The hive's whole record with its log is fetched for the keeper's name.",
			`CREATE TABLE hives (id INTEGER PRIMARY KEY, keeper TEXT, place TEXT, queen_year INTEGER, frames INTEGER, weight REAL, treatment TEXT, log TEXT);
INSERT INTO hives `+series("14")+`SELECT i, 'keeper '||i, 'orchard', 2023, 10, 31.5, 'none', hex(randomblob(4000)) FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				name, err := keeper(ctx, bun.NewDB(db, sqlitedialect.New()), 4)
				if err != nil {
					return err
				}
				_, err = io.WriteString(io.Discard, name)
				return err
			}, rowuse.UnusedColumns),
		onSQLite("record of a beehive as JSON",
			"All columns are encoded.",
			`CREATE TABLE hives (id INTEGER PRIMARY KEY, keeper TEXT, place TEXT, queen_year INTEGER, frames INTEGER, weight REAL, treatment TEXT, log TEXT);
INSERT INTO hives `+series("14")+`SELECT i, 'keeper '||i, 'orchard', 2023, 10, 31.5, 'none', hex(randomblob(4000)) FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				h, err := loadHive(ctx, bun.NewDB(db, sqlitedialect.New()), 4)
				if err != nil {
					return err
				}
				return json.NewEncoder(io.Discard).Encode(h)
			}),
	}
}

type puzzle struct {
	bun.BaseModel `bun:"table:puzzles,alias:p"`

	ID        int64  `bun:"id,pk" json:"id"`
	Title     string `bun:"title" json:"title"`
	Level     int    `bun:"level" json:"level"`
	Published bool   `bun:"published" json:"published"`
}

type puzzleAPI struct{ db *bun.DB }

func (a *puzzleAPI) all(ctx context.Context) ([]puzzle, error) {
	list := make([]puzzle, 0)
	err := a.db.NewSelect().Model(&list).Where("published = ?", true).Order("id").Scan(ctx)
	return list, err
}

func (a *puzzleAPI) after(ctx context.Context, id int) ([]puzzle, error) {
	list := make([]puzzle, 0)
	err := a.db.NewSelect().Model(&list).Where("id > ?", id).Where("published").Order("id").Limit(50).Scan(ctx)
	return list, err
}

func (a *puzzleAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var list []puzzle
	var err error
	if s := r.FormValue("after"); s != "" {
		n, _ := strconv.Atoi(s)
		list, err = a.after(r.Context(), n)
	} else {
		list, err = a.all(r.Context())
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(w).Encode(list)
}

type hive struct {
	bun.BaseModel `bun:"table:hives"`

	ID        int64 `bun:",pk"`
	Keeper    string
	Place     string
	QueenYear int
	Frames    int
	Weight    float64
	Treatment string
	Log       string
}

func loadHive(ctx context.Context, db *bun.DB, id int64) (*hive, error) {
	h := &hive{ID: id}
	if err := db.NewSelect().Model(h).WherePK().Scan(ctx); err != nil {
		return nil, err
	}
	return h, nil
}

func keeper(ctx context.Context, db *bun.DB, id int64) (string, error) {
	h, err := loadHive(ctx, db, id)
	if err != nil {
		return "", err
	}
	return h.Keeper, nil
}
