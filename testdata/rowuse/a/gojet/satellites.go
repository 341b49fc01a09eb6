package gojet

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"reflect"

	"github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

type satelliteDAO struct{ db *sql.DB }

func (d *satelliteDAO) byOperator(ctx context.Context, operator string) (sats []model.Satellites, err error) {
	t := table.Satellites
	err = sqlite.SELECT(t.AllColumns).FROM(t).WHERE(t.Operator.EQ(sqlite.String(operator))).QueryContext(ctx, d.db, &sats)
	return
}

// writeTable writes a slice of structs with a header line.
func writeTable[T any](w io.Writer, rows []T) error {
	cw := csv.NewWriter(w)
	typ := reflect.TypeFor[T]()
	rec := make([]string, typ.NumField())
	for i := range rec {
		rec[i] = typ.Field(i).Name
	}
	if err := cw.Write(rec); err != nil {
		return err
	}
	for _, r := range rows {
		v := reflect.ValueOf(r)
		for i := range rec {
			rec[i] = fmt.Sprint(v.Field(i).Interface())
		}
		if err := cw.Write(rec); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

var satelliteTable = rowuse.Case{
	Name:   "satellites of an operator as a table",
	Why:    "The generic writer prints all fields of the rows by reflection.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE satellites (norad INTEGER NOT NULL PRIMARY KEY, operator TEXT NOT NULL, name TEXT NOT NULL, orbit TEXT NOT NULL, mass INTEGER NOT NULL, notes TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO satellites SELECT 40000 + i, CASE i % 2 WHEN 0 THEN 'ESA' ELSE 'JAXA' END, 'Sat ' || i, 'LEO', 500 + i, printf('%.*c', 1200, 'n') FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		sats, err := (&satelliteDAO{db}).byOperator(ctx, "ISRO")
		if err != nil {
			return err
		}
		return writeTable(io.Discard, sats)
	},
}
