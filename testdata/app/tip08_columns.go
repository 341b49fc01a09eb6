package app

import (
	"context"
	"net/http"
)

// profile is a whole row of the table people.
type profile struct {
	ID        int64
	Name      string
	Email     string
	Phone     string
	City      string
	Website   string
	Bio       string
	Suspended bool
}

// Tip 8: fetch the columns that are needed. The list shows names, and the statement asks for all
// that is known of a person.
func (s *service) badPeople(w http.ResponseWriter, r *http.Request) error {
	profiles, err := s.profiles(r.Context())
	if err != nil {
		return err
	}
	var names []string
	for _, p := range profiles {
		names = append(names, p.Name)
	}
	return writeJSON(w, names)
}

func (s *service) profiles(ctx context.Context) ([]profile, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT * FROM people ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var profiles []profile
	for rows.Next() {
		var p profile
		err := rows.Scan(&p.ID, &p.Name, &p.Email, &p.Phone, &p.City, &p.Website, &p.Bio, &p.Suspended)
		if err != nil {
			return nil, err
		}
		profiles = append(profiles, p)
	}
	return profiles, rows.Err()
}

// The statement asks for the names.
func (s *service) goodPeople(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), `SELECT name FROM people ORDER BY name`)
	if err != nil {
		return err
	}
	defer rows.Close()

	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, names)
}
