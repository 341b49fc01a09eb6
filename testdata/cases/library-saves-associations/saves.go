// Package saves saves an order with one call of a library. The library updates each mark, and links each mark to
// the order, with one statement each. A row-by-row-update is wanted at the call of the application, at any level,
// and a note that names the call is enough.
package saves

import (
	"context"
	"database/sql"

	"example.org/loader"
)

func SaveOrder(ctx context.Context, db *sql.DB, o *loader.Order) error {
	return loader.Save(ctx, db, o) // call
}
