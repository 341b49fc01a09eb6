package clinic

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Chart builds the organisation chart below a department.
func (s *Store) Chart(ctx context.Context, id int) (*Dept, error) {
	d := &Dept{ID: id}
	rows, err := s.db.QueryContext(ctx, `SELECT id, name FROM depts WHERE parent = $1 ORDER BY id`, id)
	if err != nil {
		return nil, err
	}
	var below []Dept
	for rows.Next() {
		var c Dept
		if err := rows.Scan(&c.ID, &c.Name); err != nil {
			rows.Close()
			return nil, err
		}
		below = append(below, c)
	}
	rows.Close()
	for _, c := range below { // want loop: recursive-query
		child, err := s.Chart(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		child.Name = c.Name
		d.Children = append(d.Children, child)
	}
	return d, rows.Err()
}

// Tree links the departments below one.
func (s *Store) Tree(ctx context.Context, root int) (*Dept, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, name, parent FROM depts ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	below := map[int][]Dept{}
	for rows.Next() {
		var d Dept
		var parent sql.NullInt64
		if err := rows.Scan(&d.ID, &d.Name, &parent); err != nil {
			return nil, err
		}
		below[int(parent.Int64)] = append(below[int(parent.Int64)], d)
	}
	var link func(id int, name string) *Dept
	link = func(id int, name string) *Dept {
		d := &Dept{ID: id, Name: name}
		for _, c := range below[id] {
			d.Children = append(d.Children, link(c.ID, c.Name))
		}
		return d
	}
	return link(root, ""), rows.Err()
}

// OpenScripts counts the running prescriptions of each patient of an insurer.
func (s *Store) OpenScripts(ctx context.Context, insurer string) (map[string]int, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id FROM patients WHERE insurer = $1`, insurer)
	if err != nil {
		return nil, err
	}
	ids, err := texts(rows)
	if err != nil {
		return nil, err
	}
	count, err := s.db.PrepareContext(ctx, `SELECT count(*) FROM scripts WHERE patient_id = $1 AND ends IS NULL`)
	if err != nil {
		return nil, err
	}
	defer count.Close()
	open := make(map[string]int, len(ids))
	for _, id := range ids { // want loop: n-plus-one
		var n int
		if err := count.QueryRowContext(ctx, id).Scan(&n); err != nil {
			return nil, err
		}
		open[id] = n
	}
	return open, nil
}

// Script is a line of a prescription.
type Script struct {
	Patient uuid.UUID
	Drug    string
	Dose    float64
	Ends    *time.Time
}

// ImportScripts files what another clinic has sent over.
func (s *Store) ImportScripts(ctx context.Context, list []Script) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, sc := range list { // want loop: row-by-row-insert
		_, err := tx.ExecContext(ctx, `INSERT INTO scripts (id, patient_id, drug, dose, ends) VALUES ($1, $2, $3, $4, $5)`,
			uuid.New(), sc.Patient, sc.Drug, sc.Dose, sc.Ends)
		if err != nil {
			return fmt.Errorf("line %d: %w", i, err)
		}
	}
	return tx.Commit()
}

// Occupancy is the front page of the ward: one figure for each state of a visit.
func (s *Store) Occupancy(ctx context.Context) (map[string]int, error) {
	page := map[string]int{}
	for _, status := range []string{"booked", "arrived", "done", "cancelled"} {
		var n int
		if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM visits WHERE status = $1`, status).Scan(&n); err != nil {
			return nil, err
		}
		page[status] = n
	}
	return page, nil
}

// AwaitResult waits until the laboratory has put in a result.
func (s *Store) AwaitResult(ctx context.Context, sample string) (string, error) {
	for {
		var result sql.NullString
		if err := s.db.QueryRowContext(ctx, `SELECT result FROM samples WHERE id = $1`, sample).Scan(&result); err != nil {
			return "", err
		}
		if result.Valid {
			return result.String, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(12 * time.Millisecond):
		}
	}
}
