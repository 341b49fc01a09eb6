package dbx

import (
	"context"
	"database/sql"
	"strings"

	"github.com/pocketbase/dbx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type guest struct {
	ID    int64  `db:"pk,id"`
	Event int64  `db:"event_id"`
	Name  string `db:"name"`
	Diet  string `db:"diet"`
}

func (guest) TableName() string { return "guests" }

type guestRepo struct{ db *dbx.DB }

func (r *guestRepo) create(b dbx.Builder, g *guest) error {
	return b.Model(g).Insert() // also: row-by-row-insert
}

func (r *guestRepo) invite(ctx context.Context, event int64, names []string) ([]*guest, error) {
	guests := make([]*guest, 0, len(names))
	err := r.db.TransactionalContext(ctx, nil, func(tx *dbx.Tx) error {
		for _, n := range names { // want: row-by-row-insert
			name, diet, _ := strings.Cut(n, "/")
			g := &guest{Event: event, Name: name, Diet: diet}
			if err := r.create(tx, g); err != nil {
				return err
			}
			guests = append(guests, g)
		}
		return nil
	})
	return guests, err
}

var weddingGuests = rowuse.Case{
	Name:   "guests of a wedding are invited",
	Want:   []string{rowuse.RowInsert},
	Why:    "Model.Insert runs once for each guest; a multi-row INSERT could store the list.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE guests (id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL, name TEXT NOT NULL, diet TEXT NOT NULL);
INSERT INTO guests VALUES (1, 9, 'Old guest', ''), (2, 9, 'Older guest', 'vegan');
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		names := strings.Fields(strings.Repeat("ada/vegan bo/ cy/none di/halal ", 5))
		gs, err := (&guestRepo{wrap(db)}).invite(ctx, 4, names)
		Sink = gs
		return err
	},
}
