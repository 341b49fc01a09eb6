// Package parcels reads the parcels of a depot.
package parcels

import (
	"context"
	"database/sql"
)

type Status string

const (
	InTransit Status = "in_transit"
	Delayed   Status = "delayed"
	Delivered Status = "delivered"
)

type Parcel struct {
	Tracking  string
	Recipient string
	City      string
	Status    Status
}

type DAO struct{ db *sql.DB }

func NewDAO(db *sql.DB) *DAO { return &DAO{db: db} }

func (d *DAO) FindByDepot(ctx context.Context, depot string) ([]Parcel, error) {
	rows, err := d.db.QueryContext(ctx, `SELECT tracking, recipient, city, status FROM parcels WHERE depot = ? ORDER BY tracking`, depot) // want: filter-in-app
	if err != nil {
		return nil, err
	}
	return scanAll(rows)
}

func scanAll(rows *sql.Rows) (list []Parcel, err error) {
	defer rows.Close()
	for rows.Next() {
		var p Parcel
		if err = rows.Scan(&p.Tracking, &p.Recipient, &p.City, &p.Status); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}
