// Package bar reads the menus of a bar.
package bar

import (
	"context"
	"database/sql"

	. "github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	. "github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

type Menu struct{ DB *sql.DB }

func (m Menu) Cocktails(ctx context.Context, menu int64) ([]model.Cocktails, error) {
	var dest []model.Cocktails
	stmt := SELECT(Cocktails.AllColumns).
		FROM(Cocktails).
		WHERE(Cocktails.MenuID.EQ(Int(menu))).
		ORDER_BY(Cocktails.Name.ASC())
	err := stmt.QueryContext(ctx, m.DB, &dest) // want: unused-columns
	return dest, err
}
