// Package gym holds the bookings of classes.
package gym

import (
	"context"
	"database/sql"
	"time"
)

type Class struct {
	ID       int64
	Title    string
	Capacity int
}

type Booking struct {
	ID       int64
	Member   string
	BookedAt time.Time
}

type Store struct{ DB *sql.DB }

func (s *Store) Class(ctx context.Context, id int64) (*Class, error) {
	var c Class
	err := s.DB.QueryRowContext(ctx, `SELECT id, title, capacity FROM classes WHERE id = ?`, id).Scan(&c.ID, &c.Title, &c.Capacity)
	if err != nil {
		return nil, err
	}
	return &c, nil
}

func (s *Store) ActiveBookings(ctx context.Context, classID int64) ([]Booking, error) {
	const q = `SELECT id, member, booked_at FROM bookings WHERE class_id = ? AND cancelled = 0`
	rows, err := s.DB.QueryContext(ctx, q, classID) // want: fetch-to-count
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Booking
	for rows.Next() {
		var b Booking
		if err := rows.Scan(&b.ID, &b.Member, &b.BookedAt); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}
