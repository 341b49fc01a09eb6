package squirrel

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type patientDirectory struct{ db *sql.DB }

func (d patientDirectory) one(column string, patient int64) sq.SelectBuilder {
	return sq.Select(column).From("patients").Where(sq.Eq{"id": patient}).RunWith(d.db)
}

func (d patientDirectory) Name(ctx context.Context, patient int64) (name string, err error) {
	err = d.one("name", patient).QueryRowContext(ctx).Scan(&name) // also: redundant-key-lookup
	return
}

func (d patientDirectory) Email(ctx context.Context, patient int64) (email string, err error) {
	err = d.one("email", patient).QueryRowContext(ctx).Scan(&email) // want: redundant-key-lookup
	return
}

type letter struct{ To, Body string }

type reminderMailer struct {
	dir  patientDirectory
	sent []letter
}

func (m *reminderMailer) remind(ctx context.Context, patient int64, when string) error {
	name, err := m.dir.Name(ctx, patient)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Dear %s,\n\nyour appointment is on %s.\n", name, when)
	to, err := m.dir.Email(ctx, patient)
	if err != nil {
		return err
	}
	m.sent = append(m.sent, letter{to, b.String()})
	return nil
}

var patientLetter = rowuse.Case{
	Name:   "reminder is mailed to a patient",
	Want:   []string{rowuse.RedundantLookup},
	Why:    "The same row is read twice, for the name and then for the address.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, born TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 22) INSERT INTO patients SELECT i, 'Patient ' || i, 'p' || i || '@example.org', '1980-01-01' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		m := &reminderMailer{dir: patientDirectory{db}}
		err := m.remind(ctx, 9, "Monday")
		Sink = m.sent
		return err
	},
}
