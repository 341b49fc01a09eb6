// Package crew knows the people of an airline's base.
package crew

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
)

type Member struct {
	Staff       string    `db:"staff_no"`
	Name        string    `db:"name"`
	Rank        string    `db:"crew_rank"`
	MedicalTill time.Time `db:"medical_till"`
}

// FitOn reports whether the medical certificate is valid on a day.
func (m *Member) FitOn(day time.Time) bool { return !m.MedicalTill.Before(day) }

type Members struct{ DB *sqlx.DB }

func (m Members) AtBase(ctx context.Context, base string) ([]*Member, error) {
	var list []*Member
	rows, err := m.DB.NamedQueryContext(ctx, `SELECT staff_no, name, crew_rank, medical_till FROM crew WHERE base = :base`, map[string]any{"base": base}) // want: filter-in-app
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c Member
		if err := rows.StructScan(&c); err != nil {
			return nil, err
		}
		list = append(list, &c)
	}
	return list, rows.Err()
}
