package pgxstd

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/lab"
)

var labUpload = rowuse.Case{
	Name:   "run of an analyser is uploaded",
	Want:   []string{rowuse.RowInsert},
	Why:    "Each result is one INSERT; one statement (or COPY) could store the run.",
	Driver: "pgx",
	Schema: `
CREATE TABLE lab_results (id bigserial PRIMARY KEY, sample text NOT NULL, test text NOT NULL, value double precision NOT NULL, unit text NOT NULL);
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		var rs []lab.Result
		for i := range 32 {
			rs = append(rs, lab.Result{Sample: fmt.Sprintf("P%03d", i), Test: "Hb", Value: 12 + float64(i)/10, Unit: "g/dl"})
		}
		return lab.Upload(ctx, db, rs)
	},
}
