// Package lab stores what analysers measure.
package lab

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type Result struct {
	Sample string
	Test   string
	Value  float64
	Unit   string
}

type ResultRepo interface {
	Create(ctx context.Context, r Result) error
}

type repo struct{ db pgq.DB }

func (r repo) Create(ctx context.Context, x Result) error {
	_, err := pgq.Exec(ctx, r.db, `INSERT INTO lab_results (sample, test, value, unit) VALUES ($1, $2, $3, $4)`, x.Sample, x.Test, x.Value, x.Unit) // also: row-by-row-insert
	return err
}

// Upload stores the results of one run of an analyser.
func Upload(ctx context.Context, db *sql.DB, results []Result) error {
	return pgq.InTx(ctx, db, func(tx *sql.Tx) error { return createAll(ctx, repo{tx}, results) })
}

func createAll(ctx context.Context, rr ResultRepo, results []Result) error {
	for i := range results { // want: row-by-row-insert
		if err := rr.Create(ctx, results[i]); err != nil {
			return fmt.Errorf("result %d: %w", i, err)
		}
	}
	return nil
}
