package fleet

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"html/template"
	"slices"

	. "github.com/go-jet/jet/v2/postgres"
	"github.com/go-jet/jet/v2/qrm"
	"github.com/google/uuid"

	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/table"
)

// Fleet answers questions about the vehicles.
type Fleet struct {
	db *sql.DB
}

func (f *Fleet) active(ctx context.Context) (list []model.Vehicle, err error) {
	stmt := SELECT(table.Vehicle.AllColumns).
		FROM(table.Vehicle).
		WHERE(table.Vehicle.Retired.IS_FALSE()).
		ORDER_BY(table.Vehicle.Plate)
	err = stmt.QueryContext(ctx, f.db, &list)
	return list, err
}

// Spot is a point on the map.
type Spot struct {
	Plate    string
	Lat, Lon float64
}

// Map puts every vehicle where it was last.
func (f *Fleet) Map(ctx context.Context) ([]Spot, error) {
	vehicles, err := f.active(ctx)
	if err != nil {
		return nil, err
	}
	var spots []Spot
	for _, v := range vehicles { // want loop: n-plus-one
		var last model.Position
		stmt := SELECT(table.Position.AllColumns).
			FROM(table.Position).
			WHERE(table.Position.VehicleID.EQ(Int64(v.ID))).
			ORDER_BY(table.Position.At.DESC()).
			LIMIT(1)
		if err := stmt.QueryContext(ctx, f.db, &last); err != nil {
			if errors.Is(err, qrm.ErrNoRows) {
				continue
			}
			return nil, err
		}
		spots = append(spots, Spot{v.Plate, last.Lat, last.Lon})
	}
	return spots, nil
}

// Overview has a vehicle with its driver and its sensors.
type Overview struct {
	model.Vehicle
	Driver  *model.Driver
	Sensors []model.Sensor
}

// Overviews reads the vehicles with everything that belongs to them.
func (f *Fleet) Overviews() (map[string]int, error) {
	var list []Overview
	err := SELECT(table.Vehicle.AllColumns, table.Driver.AllColumns, table.Sensor.AllColumns).
		FROM(table.Vehicle.
			LEFT_JOIN(table.Driver, table.Driver.ID.EQ(table.Vehicle.DriverID)).
			LEFT_JOIN(table.Sensor, table.Sensor.VehicleID.EQ(table.Vehicle.ID))).
		ORDER_BY(table.Vehicle.ID, table.Sensor.Kind).
		Query(f.db, &list)
	if err != nil {
		return nil, err
	}
	silent := map[string]int{}
	for _, o := range list {
		for _, s := range o.Sensors {
			if s.Reading == nil {
				silent[o.Plate]++
			}
		}
	}
	return silent, nil
}

// Roster names who drives what.
func (f *Fleet) Roster(ctx context.Context, drivers Drivers) (map[string]string, error) {
	vehicles, err := f.active(ctx)
	if err != nil {
		return nil, err
	}
	roster := map[string]string{}
	for _, v := range vehicles { // want loop: n-plus-one
		if v.DriverID == nil {
			continue
		}
		d, err := drivers.Driver(ctx, *v.DriverID)
		if err != nil {
			return nil, err
		}
		if d != nil {
			roster[v.Plate] = d.Name
		}
	}
	return roster, nil
}

// RosterByDepot names who drives what, depot by depot.
func (f *Fleet) RosterByDepot(ctx context.Context) (map[string][]string, error) {
	vehicles, err := f.active(ctx)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	for _, v := range vehicles {
		if v.DriverID != nil {
			ids = append(ids, *v.DriverID)
		}
	}
	known := newKnownDrivers(f.db)
	if err := known.learn(ctx, ids); err != nil {
		return nil, err
	}
	return f.nameDrivers(ctx, vehicles, known)
}

func (f *Fleet) nameDrivers(ctx context.Context, vehicles []model.Vehicle, drivers Drivers) (map[string][]string, error) {
	roster := map[string][]string{}
	for _, v := range vehicles {
		if v.DriverID == nil {
			continue
		}
		d, err := drivers.Driver(ctx, *v.DriverID)
		if err != nil {
			return nil, err
		}
		roster[v.Depot] = append(roster[v.Depot], v.Plate+" "+d.Name)
	}
	return roster, nil
}

func (f *Fleet) sensors(ctx context.Context, vehicle int64, kind string) ([]model.Sensor, error) {
	var list []model.Sensor
	where := table.Sensor.VehicleID.EQ(Int64(vehicle))
	if kind != "" {
		where = where.AND(table.Sensor.Kind.EQ(String(kind)))
	}
	err := SELECT(table.Sensor.AllColumns).FROM(table.Sensor).WHERE(where).QueryContext(ctx, f.db, &list)
	return list, err
}

// Readings lists how many sensors report, for each depot.
func (f *Fleet) Readings(ctx context.Context) (map[string]int, error) {
	vehicles, err := f.active(ctx)
	if err != nil {
		return nil, err
	}
	depots := map[string][]model.Vehicle{}
	for _, v := range vehicles {
		depots[v.Depot] = append(depots[v.Depot], v)
	}
	out := map[string]int{}
	for name, list := range depots {
		for _, v := range list { // want loop: n-plus-one
			sensors, err := f.sensors(ctx, v.ID, "")
			if err != nil {
				return nil, err
			}
			out[name] += len(sensors)
		}
	}
	return out, nil
}

// Warnings lists the vehicles on which a sensor of some kind reads too much.
func (f *Fleet) Warnings(ctx context.Context, limit float64, kinds ...string) (plates []string, err error) {
	vehicles, err := f.active(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range vehicles { // want loop: n-plus-one
		for _, kind := range kinds {
			sensors, err := f.sensors(ctx, v.ID, kind)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(sensors, func(s model.Sensor) bool { return s.Reading != nil && *s.Reading > limit }) {
				plates = append(plates, v.Plate)
			}
		}
	}
	return plates, nil
}

// Sheet is a vehicle that finds its driver when somebody asks.
type Sheet struct {
	model.Vehicle
	find func(uuid.UUID) (*model.Driver, error)
}

// Driver is called by the template.
func (s Sheet) Driver() (string, error) {
	if s.DriverID == nil {
		return "nobody", nil
	}
	d, err := s.find(*s.DriverID)
	if err != nil || d == nil {
		return "", err
	}
	return d.Name, nil
}

var page = template.Must(template.New("fleet").Parse(`<ul>{{range .}}<li>{{.Plate}}: {{.Driver}}</li>{{end}}</ul>`))

// Page writes the list of vehicles for the browser.
func (f *Fleet) Page(ctx context.Context) ([]byte, error) {
	vehicles, err := f.active(ctx)
	if err != nil {
		return nil, err
	}
	store := &driverStore{f.db}
	find := func(id uuid.UUID) (*model.Driver, error) { return store.Driver(ctx, id) }
	sheets := make([]Sheet, len(vehicles))
	for i, v := range vehicles {
		sheets[i] = Sheet{v, find}
	}
	var b bytes.Buffer
	err = page.Execute(&b, sheets) // want loop: n-plus-one
	return b.Bytes(), err
}

// Ranked sorts the vehicles that have a driver by the rating of the driver.
func (f *Fleet) Ranked() ([]model.Vehicle, error) {
	ctx := context.Background()
	vehicles, err := f.active(ctx)
	if err != nil {
		return nil, err
	}
	vehicles = slices.DeleteFunc(vehicles, func(v model.Vehicle) bool { return v.DriverID == nil })
	store := &driverStore{f.db}
	var failed error
	rating := func(v model.Vehicle) int32 {
		d, err := store.Driver(ctx, *v.DriverID)
		if err != nil {
			failed = err
			return 0
		}
		return d.Rating
	}
	slices.SortFunc(vehicles, func(a, b model.Vehicle) int { return cmp.Compare(rating(b), rating(a)) }) // want loop: n-plus-one duplicate-query
	return vehicles, failed
}
