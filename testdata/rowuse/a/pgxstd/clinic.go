package pgxstd

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type clinicStaff struct{ db pgq.DB }

func (c clinicStaff) rolesOf(ctx context.Context, login string) ([]string, error) {
	return pgq.All[string](ctx, c.db, `SELECT role FROM staff_roles WHERE login = $1 ORDER BY role`, login) // want: duplicate-query
}

func (c clinicStaff) require(ctx context.Context, login, role string) error {
	roles, err := c.rolesOf(ctx, login)
	if err != nil {
		return err
	}
	if !slices.Contains(roles, role) {
		return errors.New("forbidden")
	}
	return nil
}

type staffProfile struct {
	Login string   `json:"login"`
	Roles []string `json:"roles"`
}

func profile(ctx context.Context, c clinicStaff, login string) (*staffProfile, error) {
	if err := c.require(ctx, login, "doctor"); err != nil {
		return nil, err
	}
	roles, err := c.rolesOf(ctx, login)
	if err != nil {
		return nil, err
	}
	return &staffProfile{login, roles}, nil
}

var clinicRoles = rowuse.Case{
	Name:   "profile of a doctor with the roles",
	Want:   []string{rowuse.Duplicate},
	May:    []string{rowuse.FetchToExist, rowuse.FilterInApp},
	Why:    "The check and the profile fetch the same roles by the same statement.",
	Driver: "pgx",
	Schema: `
CREATE TABLE staff_roles (login text NOT NULL, role text NOT NULL, PRIMARY KEY (login, role));
INSERT INTO staff_roles SELECT 'login' || i % 8, r FROM generate_series(1, 8) i, unnest(ARRAY['doctor', 'teacher', 'auditor']) r;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		p, err := profile(ctx, clinicStaff{db}, "login3")
		if err != nil {
			return err
		}
		return json.NewEncoder(io.Discard).Encode(p)
	},
}
