package fleet

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/jmoiron/sqlx"
)

// Vehicle is a car or van.
type Vehicle struct {
	ID     int64          `db:"id"`
	Plate  string         `db:"plate"`
	Driver sql.NullInt64  `db:"driver_id"`
	Tenant string         `db:"tenant"`
	Note   sql.NullString `db:"note"`
}

// Trip is one journey.
type Trip struct {
	ID      int64     `db:"id"`
	Vehicle int64     `db:"vehicle_id"`
	Km      float64   `db:"km"`
	Began   time.Time `db:"began"`
}

// Driver drives.
type Driver struct {
	ID   int64  `db:"id"`
	Name string `db:"name"`
}

// Position is where a vehicle has been.
type Position struct {
	Vehicle int64     `db:"vehicle_id"`
	At      time.Time `db:"at"`
	Lat     float64   `db:"lat"`
	Lon     float64   `db:"lon"`
}

// Repository is a table with a primary key called id.
type Repository[T any] struct {
	db    *sqlx.DB
	table string
}

// ByID loads one row.
func (r Repository[T]) ByID(ctx context.Context, id int64) (T, error) {
	var v T
	err := r.db.GetContext(ctx, &v, "SELECT * FROM "+r.table+" WHERE id = $1", id)
	return v, err
}

// ByIDs loads many rows.
func (r Repository[T]) ByIDs(ctx context.Context, ids []int64) ([]T, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	query, args, err := sqlx.In("SELECT * FROM "+r.table+" WHERE id IN (?)", ids)
	if err != nil {
		return nil, err
	}
	var list []T
	err = r.db.SelectContext(ctx, &list, r.db.Rebind(query), args...)
	return list, err
}

// Page loads the rows after an id.
func (r Repository[T]) Page(ctx context.Context, after int64, size int) ([]T, error) {
	var list []T
	err := r.db.SelectContext(ctx, &list, "SELECT * FROM "+r.table+" WHERE id > $1 ORDER BY id LIMIT $2", after, size)
	return list, err
}

// Fleet is the application.
type Fleet struct {
	db       *sqlx.DB
	vehicles Repository[Vehicle]
	trips    Repository[Trip]
	drivers  Repository[Driver]
}

func open(db *sql.DB) *Fleet {
	x := sqlx.NewDb(db, "pgx")
	return &Fleet{
		db:       x,
		vehicles: Repository[Vehicle]{x, "vehicles"},
		trips:    Repository[Trip]{x, "trips"},
		drivers:  Repository[Driver]{x, "drivers"},
	}
}

// All goes through the trips page by page.
func (f *Fleet) All(ctx context.Context) iter.Seq2[Trip, error] {
	return func(yield func(Trip, error) bool) {
		last := int64(0)
		for {
			page, err := f.trips.Page(ctx, last, 9)
			if err != nil {
				yield(Trip{}, err)
				return
			}
			for _, t := range page {
				if !yield(t, nil) {
					return
				}
				last = t.ID
			}
			if len(page) < 9 {
				return
			}
		}
	}
}

// Tariff is what a tenant pays.
type Tariff struct {
	Tenant string  `db:"tenant"`
	PerKm  float64 `db:"per_km"`
	Base   float64 `db:"base"`
}

// Tariff loads the tariff of a tenant.
func (f *Fleet) Tariff(ctx context.Context, tenant string) (Tariff, error) {
	var t Tariff
	err := f.db.GetContext(ctx, &t, `SELECT tenant, per_km, base FROM tariffs WHERE tenant = $1`, tenant) // want loop: duplicate-query
	return t, err
}
