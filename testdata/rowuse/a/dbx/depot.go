package dbx

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pocketbase/dbx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type depot struct {
	ID     int64  `db:"id"`
	Name   string `db:"name"`
	Region string `db:"region"`
}

type depotDAO struct{ b dbx.Builder }

func (d depotDAO) find(ctx context.Context, id int64) (depot, error) {
	var dep depot
	err := d.b.Select("id", "name", "region").From("depots").Where(dbx.NewExp("id = {:id}", dbx.Params{"id": id})).WithContext(ctx).One(&dep)
	return dep, err
}

func (d depotDAO) order(ctx context.Context, from, to depot, pallets int) error {
	_, err := d.b.Insert("transfers", dbx.Params{"from_id": from.ID, "to_id": to.ID, "pallets": pallets, "label": from.Name + " > " + to.Name}).WithContext(ctx).Execute()
	return err
}

func transfer(ctx context.Context, dao depotDAO, fromID, toID int64, pallets int) (string, error) {
	from, err := dao.find(ctx, fromID)
	if err != nil {
		return "", fmt.Errorf("source: %w", err)
	}
	to, err := dao.find(ctx, toID)
	if err != nil {
		return "", fmt.Errorf("target: %w", err)
	}
	if from.Region != to.Region {
		return "", fmt.Errorf("%s and %s are in different regions", from.Name, to.Name)
	}
	return fmt.Sprintf("%d pallets to %s", pallets, to.Name), dao.order(ctx, from, to, pallets)
}

var depotTransfer = rowuse.Case{
	Name:   "pallets are moved between two depots",
	Why:    "The same SELECT runs twice with different ids.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE depots (id INTEGER PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL);
CREATE TABLE transfers (id INTEGER PRIMARY KEY, from_id INTEGER NOT NULL, to_id INTEGER NOT NULL, pallets INTEGER NOT NULL, label TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 16) INSERT INTO depots SELECT i, 'Depot ' || i, 'R' || (i % 2) FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = transfer(ctx, depotDAO{wrap(db)}, 3, 5, 12)
		return err
	},
}
