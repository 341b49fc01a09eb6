package app

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed schema.sql
var schema string

//go:embed seed.sql
var seed string

// Schema is the script that creates the tables.
func Schema() string { return schema }

// Seed creates the tables in an empty database and fills them, always with the same rows.
func Seed(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("app: seeding: %w", err)
	}
	defer tx.Rollback()

	for _, script := range []string{schema, seed} {
		for statement := range strings.SplitSeq(strings.TrimSpace(script), ";\n") {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("app: seeding: %w", err)
			}
		}
	}
	return tx.Commit()
}
