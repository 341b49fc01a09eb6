// Package tender lists what carriers may bid for.
package tender

import (
	"context"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type Tender struct {
	ID    int64  `db:"id" json:"id"`
	From  string `db:"from_town" json:"from"`
	To    string `db:"to_town" json:"to"`
	Tons  int    `db:"tons" json:"tons"`
	Cargo string `db:"cargo" json:"cargo"`
}

type Repository struct{ db pgq.DB }

func NewRepository(db pgq.DB) Repository { return Repository{db} }

func (r Repository) Open(ctx context.Context) ([]Tender, error) {
	return pgq.All[Tender](ctx, r.db, `SELECT id, from_town, to_town, tons, cargo FROM tenders WHERE state = $1 ORDER BY id`, "open") // want: unbounded-result
}
