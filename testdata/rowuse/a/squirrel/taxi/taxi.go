// Package taxi finds cabs.
package taxi

import (
	"context"
	"database/sql"
	"math"

	sq "github.com/Masterminds/squirrel"
)

type Point struct{ Lat, Lon float64 }

// Distance is the distance on the globe in metres.
func (p Point) Distance(o Point) float64 {
	const earth = 6371e3
	rad := func(d float64) float64 { return d * math.Pi / 180 }
	dLat, dLon := rad(o.Lat-p.Lat), rad(o.Lon-p.Lon)
	a := math.Pow(math.Sin(dLat/2), 2) + math.Cos(rad(p.Lat))*math.Cos(rad(o.Lat))*math.Pow(math.Sin(dLon/2), 2)
	return 2 * earth * math.Asin(math.Sqrt(a))
}

type Cab struct {
	Plate  string
	Driver string
	At     Point
}

// InBox returns the free cabs in a box around a point.
func InBox(ctx context.Context, db *sql.DB, c Point, d float64) ([]Cab, error) {
	rows, err := sq.Select("plate", "driver", "lat", "lon").
		From("cabs").
		Where(sq.Eq{"free": true}).
		Where("lat BETWEEN ? AND ?", c.Lat-d, c.Lat+d).
		Where("lon BETWEEN ? AND ?", c.Lon-2*d, c.Lon+2*d).
		Limit(100).
		RunWith(db).QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cabs []Cab
	for rows.Next() {
		var x Cab
		if err := rows.Scan(&x.Plate, &x.Driver, &x.At.Lat, &x.At.Lon); err != nil {
			return nil, err
		}
		cabs = append(cabs, x)
	}
	return cabs, rows.Err()
}
