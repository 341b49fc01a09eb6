package clinic

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Patients finds patients.
type Patients interface {
	Find(ctx context.Context, id uuid.UUID) (Patient, error)
}

// Store is the clinic's database.
type Store struct {
	db *sql.DB
}

// NewStore takes an open database.
func NewStore(db *sql.DB) *Store { return &Store{db: db} }

// Find implements Patients.
func (s *Store) Find(ctx context.Context, id uuid.UUID) (Patient, error) {
	var p Patient
	err := s.db.QueryRowContext(ctx, `SELECT id, name, insurer FROM patients WHERE id = $1`, id).
		Scan(&p.ID, &p.Name, &p.Insurer)
	return p, err
}

// Doctor loads one doctor.
func (s *Store) Doctor(ctx context.Context, id string) (Doctor, error) {
	var d Doctor
	row := s.db.QueryRowContext(ctx, `SELECT id, name, dept, mentor, licensed FROM doctors WHERE id = $1`, id) // want loop: duplicate-query
	if err := row.Scan(&d.ID, &d.Name, &d.Dept, &d.Mentor, &d.Licensed); err != nil {
		return Doctor{}, err
	}
	return d, nil
}

// VisitsOn lists the visits of a day.
func (s *Store) VisitsOn(ctx context.Context, day time.Time) ([]Visit, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT id, doctor_id, patient_id, at, status, room
		FROM visits WHERE at >= $1 AND at < $2 ORDER BY at`, day, day.AddDate(0, 0, 1))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Visit
	for rows.Next() {
		var v Visit
		if err := rows.Scan(&v.ID, &v.DoctorID, &v.Patient, &v.At, &v.Status, &v.Room); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// Allergies lists what a patient must not be given.
func (s *Store) Allergies(ctx context.Context, patient uuid.UUID) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT substance FROM allergies WHERE patient_id = $1 ORDER BY substance`, patient)
	if err != nil {
		return nil, err
	}
	return texts(rows)
}

func texts(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// InsurerName looks up the name that goes with a code.
func (s *Store) InsurerName(ctx context.Context, code string) (string, error) {
	var name string
	err := s.db.QueryRowContext(ctx, `SELECT name FROM insurers WHERE code = $1`, code).Scan(&name)
	return name, err
}

// RegisterInsurer returns the row number of an insurer, new or known.
func (s *Store) RegisterInsurer(ctx context.Context, code, name string) (int, error) {
	const find = `SELECT no FROM insurers WHERE code = $1`
	var no int
	err := s.db.QueryRowContext(ctx, find, code).Scan(&no)
	if !errors.Is(err, sql.ErrNoRows) {
		return no, err
	}
	_, err = s.db.ExecContext(ctx, `INSERT INTO insurers (code, name) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING`, code, name)
	if err != nil {
		return 0, err
	}
	err = s.db.QueryRowContext(ctx, find, code).Scan(&no)
	return no, err
}

// HasFreeSlot tells whether a doctor has fewer visits than the limit on a day.
func (s *Store) HasFreeSlot(ctx context.Context, doctor string, day time.Time, limit int) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx,
		`SELECT count(*) FROM visits WHERE doctor_id = $1 AND at >= $2 AND at < $3 AND status <> 'cancelled'`,
		doctor, day, day.AddDate(0, 0, 1)).Scan(&n)
	return n < limit, err
}
