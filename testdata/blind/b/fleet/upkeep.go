package fleet

import (
	"context"
	"database/sql"
	"time"

	. "github.com/go-jet/jet/v2/postgres"

	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/table"
)

// Upkeep keeps the tables in order.
type Upkeep struct {
	db *sql.DB
}

func inBatches[T any](all []T, size int, fn func([]T) error) error {
	for lo := 0; lo < len(all); lo += size {
		if err := fn(all[lo:min(lo+size, len(all))]); err != nil {
			return err
		}
	}
	return nil
}

// Distances adds up the kilometres of the given trips.
func (u *Upkeep) Distances(ctx context.Context, trips []int64) (map[int64]int32, error) {
	out := map[int64]int32{}
	err := inBatches(trips, 20, func(ids []int64) error {
		in := make([]Expression, len(ids))
		for i, id := range ids {
			in[i] = Int64(id)
		}
		var rows []model.Trip
		err := table.Trip.SELECT(table.Trip.ID, table.Trip.VehicleID, table.Trip.Km).
			WHERE(table.Trip.ID.IN(in...)).
			QueryContext(ctx, u.db, &rows)
		for _, r := range rows {
			out[r.VehicleID] += r.Km
		}
		return err
	})
	return out, err
}

// Forget deletes the positions of vehicles that are out of service.
func (u *Upkeep) Forget() (int64, error) {
	var retired []model.Vehicle
	if err := table.Vehicle.SELECT(table.Vehicle.ID).WHERE(table.Vehicle.Retired).Query(u.db, &retired); err != nil {
		return 0, err
	}
	var total int64
	for i := range retired { // want loop: row-by-row-delete
		res, err := table.Position.DELETE().WHERE(table.Position.VehicleID.EQ(Int64(retired[i].ID))).Exec(u.db)
		if err != nil {
			return total, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

// Odometers stores what the vehicles have sent over night.
func (u *Upkeep) Odometers(ctx context.Context, sent map[int64]int64) error {
	tx, err := u.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for id, km := range sent { // want loop: row-by-row-update
		stmt := table.Vehicle.UPDATE(table.Vehicle.Odometer).SET(Int64(km)).WHERE(table.Vehicle.ID.EQ(Int64(id)))
		if _, err := stmt.ExecContext(ctx, tx); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Track stores the positions that a vehicle has gathered without a connection.
func (u *Upkeep) Track(ctx context.Context, vehicle int64, spots []Spot, from time.Time) ([]int64, error) {
	rows := make([]model.Position, len(spots))
	for i, s := range spots {
		rows[i] = model.Position{VehicleID: vehicle, Lat: s.Lat, Lon: s.Lon, At: from.Add(time.Duration(i) * time.Minute)}
	}
	var stored []model.Position
	err := table.Position.INSERT(table.Position.MutableColumns).
		MODELS(rows).
		RETURNING(table.Position.ID).
		QueryContext(ctx, u.db, &stored)
	ids := make([]int64, len(stored))
	for i := range stored {
		ids[i] = stored[i].ID
	}
	return ids, err
}

// Walk reads all positions through a cursor of the server.
func (u *Upkeep) Walk(ctx context.Context, fn func(model.Position)) error {
	tx, err := u.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DECLARE walk CURSOR FOR SELECT id AS \"position.id\", vehicle_id AS \"position.vehicle_id\" FROM position ORDER BY id"); err != nil {
		return err
	}
	for {
		var part []model.Position
		if err := RawStatement("FETCH 12 FROM walk").QueryContext(ctx, tx, &part); err != nil {
			return err
		}
		if len(part) == 0 {
			return nil
		}
		for _, p := range part {
			fn(p)
		}
	}
}
