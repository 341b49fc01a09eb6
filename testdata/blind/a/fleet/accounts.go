package fleet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"
)

// Logbook writes one line for each trip.
func (f *Fleet) Logbook(ctx context.Context) ([]string, error) {
	var out []string
	for t, err := range f.All(ctx) { // want loop: n-plus-one
		if err != nil {
			return nil, err
		}
		v, err := f.vehicles.ByID(ctx, t.Vehicle)
		if err != nil {
			return nil, err
		}
		out = append(out, fmt.Sprintf("%s %s %.1f", t.Began.Format(time.DateOnly), v.Plate, t.Km))
	}
	return out, nil
}

// Mileage adds up all trips for each plate.
func (f *Fleet) Mileage(ctx context.Context) (map[string]float64, error) {
	sum := map[string]float64{}
	for after := int64(0); ; {
		page, err := f.trips.Page(ctx, after, 10)
		if err != nil || len(page) == 0 {
			return sum, err
		}
		var ids []int64
		for _, t := range page {
			if !slices.Contains(ids, t.Vehicle) {
				ids = append(ids, t.Vehicle)
			}
		}
		list, err := f.vehicles.ByIDs(ctx, ids)
		if err != nil {
			return nil, err
		}
		plates := map[int64]string{}
		for _, v := range list {
			plates[v.ID] = v.Plate
		}
		for _, t := range page {
			sum[plates[t.Vehicle]] += t.Km
			after = t.ID
		}
	}
}

// Idle lists the vehicles with few trips.
func (f *Fleet) Idle(ctx context.Context, least int) ([]string, error) {
	rows, err := f.db.QueryxContext(ctx, `SELECT * FROM vehicles ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var idle []string
	for rows.Next() { // want loop: n-plus-one
		var v Vehicle
		if err := rows.StructScan(&v); err != nil {
			return nil, err
		}
		if n, err := f.tripCount(ctx, &v); err != nil {
			return nil, err
		} else if n < least {
			idle = append(idle, v.Plate)
		}
	}
	return idle, rows.Err()
}

func (f *Fleet) tripCount(ctx context.Context, v *Vehicle) (n int, err error) {
	err = f.db.QueryRowxContext(ctx, `SELECT count(*) FROM trips WHERE vehicle_id = $1`, v.ID).Scan(&n)
	return n, err
}

// Invoice is what a tenant gets at the end of a month.
type Invoice struct {
	Tenant string
	Km     float64
	Net    float64
	Base   float64
	Footer string
}

// Bill makes an invoice in some steps.
func (f *Fleet) Bill(ctx context.Context, tenant string) (*Invoice, error) {
	in := &Invoice{Tenant: tenant}
	if err := f.distance(ctx, in); err != nil {
		return nil, err
	}
	if err := f.base(ctx, in); err != nil {
		return nil, err
	}
	if err := f.discount(ctx, in); err != nil {
		return nil, err
	}
	return in, f.footer(ctx, in)
}

func (f *Fleet) distance(ctx context.Context, in *Invoice) error {
	t, err := f.Tariff(ctx, in.Tenant)
	if err != nil {
		return err
	}
	err = f.db.GetContext(ctx, &in.Km, `SELECT coalesce(sum(t.km), 0) FROM trips t JOIN vehicles v ON v.id = t.vehicle_id WHERE v.tenant = $1`, in.Tenant)
	in.Net = in.Km * t.PerKm
	return err
}

func (f *Fleet) base(ctx context.Context, in *Invoice) error {
	t, err := f.Tariff(ctx, in.Tenant)
	in.Base = t.Base
	return err
}

func (f *Fleet) discount(ctx context.Context, in *Invoice) error {
	t, err := f.Tariff(ctx, in.Tenant)
	if in.Net > 10*t.Base {
		in.Net *= 0.95
	}
	return err
}

func (f *Fleet) footer(ctx context.Context, in *Invoice) error {
	t, err := f.Tariff(ctx, in.Tenant)
	in.Footer = fmt.Sprintf("%.2f a km", t.PerKm)
	return err
}

// Price prices the newest trips of a tenant.
func (f *Fleet) Price(tenant string) ([]float64, error) {
	var trips []Trip
	err := f.db.Select(&trips, `SELECT t.* FROM trips t JOIN vehicles v ON v.id = t.vehicle_id WHERE v.tenant = $1 ORDER BY t.began DESC LIMIT 12`, tenant)
	if err != nil {
		return nil, err
	}
	var prices []float64
	for _, t := range trips { // want loop: duplicate-query // also loop: n-plus-one
		var perKm float64
		if err := f.db.Get(&perKm, `SELECT per_km FROM tariffs WHERE tenant = $1`, tenant); err != nil {
			return nil, err
		}
		prices = append(prices, perKm*t.Km)
	}
	return prices, nil
}

// CloseMonth computes the month of each tenant under that tenant's row security.
func (f *Fleet) CloseMonth(ctx context.Context, tenants []string) (map[string]float64, error) {
	total := map[string]float64{}
	for _, tenant := range tenants {
		err := f.asTenant(ctx, tenant, func(tx *sqlx.Tx) error {
			var km float64
			if err := tx.GetContext(ctx, &km, `SELECT coalesce(sum(km), 0) FROM my_trips`); err != nil {
				return err
			}
			total[tenant] = km
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return total, nil
}

func (f *Fleet) asTenant(ctx context.Context, tenant string, fn func(*sqlx.Tx) error) error {
	tx, err := f.db.BeginTxx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `SELECT set_config('fleet.tenant', $1, true)`, tenant); err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

var errStale = errors.New("changed meanwhile")

// Annotate changes the note of a vehicle, again if somebody else was quicker.
func (f *Fleet) Annotate(ctx context.Context, id int64, change func(old string) string) error {
	for attempt := 0; attempt < 6; attempt++ {
		err := f.annotate(ctx, id, change)
		if !errors.Is(err, errStale) {
			return err
		}
		time.Sleep(time.Duration(1+attempt) * time.Millisecond)
	}
	return errStale
}

func (f *Fleet) annotate(ctx context.Context, id int64, change func(string) string) error {
	var old sql.NullString
	if err := f.db.GetContext(ctx, &old, `SELECT note FROM vehicles WHERE id = $1`, id); err != nil {
		return err
	}
	res, err := f.db.ExecContext(ctx, `UPDATE vehicles SET note = $2 WHERE id = $1 AND note IS NOT DISTINCT FROM $3`, id, change(old.String), old)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return errStale
}

// Relay hands the outbox on, some events a time.
func (f *Fleet) Relay(ctx context.Context, send func([]string)) error {
	for {
		var events []struct {
			ID   int64  `db:"id"`
			Body string `db:"body"`
		}
		err := f.db.SelectContext(ctx, &events, `SELECT id, body FROM outbox WHERE sent IS NULL ORDER BY id LIMIT 5`)
		if err != nil || len(events) == 0 {
			return err
		}
		var ids []int64
		var bodies []string
		for _, e := range events {
			ids = append(ids, e.ID)
			bodies = append(bodies, e.Body)
		}
		send(bodies)
		if _, err := f.db.ExecContext(ctx, `UPDATE outbox SET sent = now() WHERE id = ANY($1)`, ids); err != nil {
			return err
		}
	}
}

// Week is a bar chart of the last seven days.
func (f *Fleet) Week(ctx context.Context, from time.Time) ([7]int, error) {
	var bars [7]int
	for day := range bars {
		begin := from.AddDate(0, 0, day)
		err := f.db.GetContext(ctx, &bars[day], `SELECT count(*) FROM trips WHERE began >= $1 AND began < $2`, begin, begin.AddDate(0, 0, 1))
		if err != nil {
			return bars, err
		}
	}
	return bars, nil
}
