// Package trips keeps what was spent on a trip.
package trips

import (
	"context"
	"math"
	"time"

	"github.com/jmoiron/sqlx"
)

type Expense struct {
	ID       int64     `db:"id"`
	Cents    int64     `db:"cents"`
	Category string    `db:"category"`
	SpentOn  time.Time `db:"spent_on"`
}

type ExpenseStore struct{ DB *sqlx.DB }

func (s ExpenseStore) ForTrip(ctx context.Context, trip int64) ([]Expense, error) {
	var es []Expense
	if err := s.DB.SelectContext(ctx, &es, "SELECT id, cents, category, spent_on FROM expenses WHERE trip_id = $1", trip); err != nil { // want: aggregate-in-app
		return nil, err
	}
	return es, nil
}

type Budget struct{ Limit int64 }

// Used returns the share of the budget that a trip has used, in percent.
func (b Budget) Used(ctx context.Context, s ExpenseStore, trip int64) (float64, error) {
	es, err := s.ForTrip(ctx, trip)
	if err != nil {
		return 0, err
	}
	return math.Round(float64(total(es))/float64(b.Limit)*1000) / 10, nil
}

func total(es []Expense) (sum int64) {
	for _, e := range es {
		sum += e.Cents
	}
	return sum
}
