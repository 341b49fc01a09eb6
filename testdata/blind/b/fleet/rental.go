package fleet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/go-jet/jet/v2/qrm"
	. "github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/litetable"
	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/model"
)

// Rental hires vehicles out.
type Rental struct {
	db *sql.DB
}

var errTaken = errors.New("already hired out")

func (r *Rental) byPlate(plate string) (model.Vehicle, error) {
	var v model.Vehicle
	stmt := SELECT(litetable.Vehicle.AllColumns).FROM(litetable.Vehicle).WHERE(litetable.Vehicle.Plate.EQ(String(plate)))
	err := stmt.Query(r.db, &v) // want loop: duplicate-query
	return v, err
}

func (r *Rental) check(plate string) error {
	v, err := r.byPlate(plate)
	if err == nil && v.Retired {
		return fmt.Errorf("%s is out of service", plate)
	}
	return err
}

func (r *Rental) price(plate string, days int64) (int64, error) {
	v, err := r.byPlate(plate)
	if err != nil {
		return 0, err
	}
	return days * max(2000, 9000-v.Odometer/10), nil
}

func (r *Rental) pickUp(plate string) (string, error) {
	v, err := r.byPlate(plate)
	return v.Depot, err
}

// Offer says what a vehicle costs and where it stands.
func (r *Rental) Offer(plate string, days int64) (string, error) {
	if err := r.check(plate); err != nil {
		return "", err
	}
	cents, err := r.price(plate, days)
	if err != nil {
		return "", err
	}
	where, err := r.pickUp(plate)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: %d.%02d at %s", plate, cents/100, cents%100, where), nil
}

// Hello is the first message of a device.
type Hello struct {
	Serial string
}

// Register answers the messages that have come since the last call.
func (r *Rental) Register(ctx context.Context, hellos []Hello) (known, added int, err error) {
	for _, h := range hellos {
		d, err := r.device(ctx, h.Serial)
		if err != nil {
			return known, added, err
		}
		if d != nil {
			known++
			continue
		}
		if _, err := litetable.Device.INSERT(litetable.Device.Serial).VALUES(h.Serial).ExecContext(ctx, r.db); err != nil {
			return known, added, err
		}
		if d, err = r.device(ctx, h.Serial); err != nil || d == nil {
			return known, added, errors.Join(err, errors.New("device is not there"))
		}
		added++
	}
	return known, added, nil
}

func (r *Rental) device(ctx context.Context, serial string) (*model.Device, error) {
	var d model.Device
	err := SELECT(litetable.Device.AllColumns).FROM(litetable.Device).
		WHERE(litetable.Device.Serial.EQ(String(serial))).
		QueryContext(ctx, r.db, &d)
	if errors.Is(err, qrm.ErrNoRows) {
		return nil, nil
	}
	return &d, err
}

// Hire books the first vehicle of a list of wishes that nobody else has.
func (r *Rental) Hire(ctx context.Context, customer string, wishes []string) (string, error) {
	for _, plate := range wishes {
		var b model.Booking
		err := SELECT(litetable.Booking.AllColumns).FROM(litetable.Booking).
			WHERE(litetable.Booking.Plate.EQ(String(plate))).
			QueryContext(ctx, r.db, &b)
		if err == nil {
			continue
		}
		if !errors.Is(err, qrm.ErrNoRows) {
			return "", err
		}
		_, err = litetable.Booking.INSERT(litetable.Booking.Plate, litetable.Booking.Customer).VALUES(plate, customer).ExecContext(ctx, r.db)
		return plate, err
	}
	return "", errTaken
}
