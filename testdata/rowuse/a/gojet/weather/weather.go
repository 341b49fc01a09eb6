// Package weather reads the stations of weather networks.
package weather

import (
	"context"
	"database/sql"

	. "github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

type Stations interface {
	InNetwork(ctx context.Context, network string) ([]*model.Stations, error)
}

type stations struct {
	db *sql.DB
}

func New(db *sql.DB) Stations { return &stations{db: db} }

func (s *stations) InNetwork(ctx context.Context, network string) ([]*model.Stations, error) {
	st := table.Stations
	var list []*model.Stations
	err := SELECT(st.Code, st.Name, st.Altitude).FROM(st).WHERE(st.Network.EQ(String(network))).QueryContext(ctx, s.db, &list) // want: filter-in-app
	if err != nil {
		return nil, err
	}
	return list, nil
}
