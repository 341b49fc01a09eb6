package shop

import (
	"context"

	"github.com/jackc/pgx/v5"
)

func line(ctx context.Context, db DB, mode pgx.QueryExecMode, id int64) (sku string, err error) {
	err = db.QueryRow(ctx, "SELECT sku FROM order_lines WHERE order_id = $1 LIMIT 1", mode, id).Scan(&sku)
	return sku, err
}

// WithDescriptions asks for the description of each statement when it runs first.
func WithDescriptions(ctx context.Context, db DB) error {
	ids, err := Orders(ctx, db)
	for _, id := range ids { // want: n-plus-one proven measured
		if _, err := line(ctx, db, pgx.QueryExecModeCacheDescribe, id); err != nil {
			return err
		}
	}
	return err
}

// WithDescriptionEachTime asks for the description of a statement each time.
func WithDescriptionEachTime(ctx context.Context, db DB) error {
	ids, err := Orders(ctx, db)
	for _, id := range ids { // want: n-plus-one proven measured
		if _, err := line(ctx, db, pgx.QueryExecModeDescribeExec, id); err != nil {
			return err
		}
	}
	return err
}

// WithTexts sends the arguments as texts.
func WithTexts(ctx context.Context, db DB) error {
	ids, err := Orders(ctx, db)
	for _, id := range ids { // want: n-plus-one proven measured
		if _, err := line(ctx, db, pgx.QueryExecModeExec, id); err != nil {
			return err
		}
	}
	return err
}

// InTheText sends the arguments within the text of the statement.
func InTheText(ctx context.Context, db DB) error {
	ids, err := Orders(ctx, db)
	for _, id := range ids { // want: n-plus-one proven measured
		if _, err := line(ctx, db, pgx.QueryExecModeSimpleProtocol, id); err != nil {
			return err
		}
	}
	return err
}
