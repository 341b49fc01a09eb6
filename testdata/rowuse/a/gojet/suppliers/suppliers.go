// Package suppliers manages who delivers.
package suppliers

import (
	"context"
	"database/sql"
	"errors"

	. "github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	. "github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

var ErrDeliveriesDue = errors.New("deliveries are due")

type Repo struct{ db *sql.DB }

func NewRepo(db *sql.DB) *Repo { return &Repo{db} }

func (r *Repo) DeliveriesDue(ctx context.Context, supplier int64, from string) ([]model.Deliveries, error) {
	var ds []model.Deliveries
	stmt := SELECT(Deliveries.ID, Deliveries.Due, Deliveries.Pallets).
		FROM(Deliveries).
		WHERE(AND(Deliveries.SupplierID.EQ(Int(supplier)), Deliveries.Due.GT_EQ(String(from))))
	err := stmt.QueryContext(ctx, r.db, &ds) // want: fetch-to-exist
	return ds, err
}

func (r *Repo) SetBlocked(ctx context.Context, supplier int64) error {
	_, err := Suppliers.UPDATE(Suppliers.Blocked).SET(true).WHERE(Suppliers.ID.EQ(Int(supplier))).ExecContext(ctx, r.db)
	return err
}

// Block blocks a supplier from whom nothing is expected.
func (r *Repo) Block(ctx context.Context, supplier int64, today string) error {
	due, err := r.DeliveriesDue(ctx, supplier, today)
	switch {
	case err != nil:
		return err
	case len(due) != 0:
		return ErrDeliveriesDue
	}
	return r.SetBlocked(ctx, supplier)
}
