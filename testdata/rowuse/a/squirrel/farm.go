package squirrel

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"

	sq "github.com/Masterminds/squirrel"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type field struct {
	Code     string
	Crop     string
	Hectares float64
}

type fieldRegister struct{ sq.StatementBuilderType }

func (f fieldRegister) ofFarmer(ctx context.Context, farmer int64) (fields []field, err error) {
	rows, err := f.Select("code", "crop", "hectares").From("fields").Where(sq.Eq{"farmer_id": farmer}).OrderBy("code").QueryContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("fields: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var x field
		if err = rows.Scan(&x.Code, &x.Crop, &x.Hectares); err != nil {
			return nil, err
		}
		fields = append(fields, x)
	}
	return fields, rows.Err()
}

func writeFields(w io.Writer, fields []field) error {
	cw := csv.NewWriter(w)
	cw.Write([]string{"code", "crop", "hectares"})
	for _, f := range fields {
		cw.Write([]string{f.Code, f.Crop, fmt.Sprintf("%.2f", f.Hectares)})
	}
	cw.Flush()
	return cw.Error()
}

var farmFields = rowuse.Case{
	Name:   "fields of one farmer as CSV",
	Why:    "The owner's id bounds the list, however large the table.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE fields (code TEXT PRIMARY KEY, farmer_id INTEGER NOT NULL, crop TEXT NOT NULL, hectares REAL NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) INSERT INTO fields SELECT printf('F%05d', i), i % 100, 'barley', i / 10.0 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		fs, err := fieldRegister{sq.StatementBuilder.RunWith(db)}.ofFarmer(ctx, 42)
		if err != nil {
			return err
		}
		return writeFields(io.Discard, fs)
	},
}
