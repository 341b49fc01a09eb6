package plain

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type petRecord struct {
	Chip     string       `json:"chip"`
	Name     string       `json:"name"`
	Shots    int          `json:"shots"`
	NextShot sql.NullTime `json:"next_shot"`
}

type petStore struct{ db *sql.DB }

func (s petStore) byChip(ctx context.Context, chip string) (*petRecord, error) {
	var p petRecord
	err := s.db.QueryRowContext(ctx, `SELECT chip, name, shots, next_shot FROM pets WHERE chip = ?`, chip).Scan(&p.Chip, &p.Name, &p.Shots, &p.NextShot)
	return &p, err
}

func (s petStore) recordShot(ctx context.Context, chip string, next time.Time) error {
	_, err := s.db.ExecContext(ctx, `UPDATE pets SET shots = shots + 1, next_shot = ? WHERE chip = ?`, next, chip)
	return err
}

type vaccination struct {
	Before, After *petRecord
}

func vaccinate(ctx context.Context, s petStore, chip string, now time.Time) (*vaccination, error) {
	before, err := s.byChip(ctx, chip)
	if err != nil {
		return nil, err
	}
	if err := s.recordShot(ctx, chip, now.AddDate(1, 0, 0)); err != nil {
		return nil, err
	}
	after, err := s.byChip(ctx, chip)
	if err != nil {
		return nil, err
	}
	return &vaccination{before, after}, nil
}

var petVaccination = rowuse.Case{
	Name:   "vaccination of a pet is recorded and shown before and after",
	Why:    "The same SELECT runs again only after an UPDATE of the row.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE pets (chip TEXT PRIMARY KEY, name TEXT NOT NULL, shots INTEGER NOT NULL, next_shot DATETIME);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 18) INSERT INTO pets SELECT 'chip' || i, 'Pet ' || i, i % 4, NULL FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		v, err := vaccinate(ctx, petStore{db}, "chip5", time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC))
		if err != nil {
			return err
		}
		return json.NewEncoder(io.Discard).Encode(v)
	},
}
