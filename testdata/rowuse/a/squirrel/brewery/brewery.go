// Package brewery keeps the taps of a brewery.
package brewery

import (
	"context"
	"database/sql"
	"fmt"

	sq "github.com/Masterminds/squirrel"
)

type Cellar struct{ run *sql.DB }

func Open(db *sql.DB) *Cellar { return &Cellar{run: db} }

func (c *Cellar) exists(ctx context.Context, table string, pred any) (ok bool, err error) {
	err = sq.Select("1").From(table).Where(pred).Prefix("SELECT EXISTS (").Suffix(")").RunWith(c.run).QueryRowContext(ctx).Scan(&ok)
	return ok, err
}

// Tap puts a keg on a tap that has none.
func (c *Cellar) Tap(ctx context.Context, tap int, beer string) error {
	busy, err := c.exists(ctx, "kegs", sq.Eq{"tap": tap, "empty": 0})
	if err != nil {
		return err
	}
	if busy {
		return fmt.Errorf("tap %d is in use", tap)
	}
	_, err = sq.Insert("kegs").Columns("tap", "beer", "empty").Values(tap, beer, 0).RunWith(c.run).ExecContext(ctx)
	return err
}
