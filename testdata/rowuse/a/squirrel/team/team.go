// Package team manages teams and who belongs to them.
package team

import (
	"context"
	"database/sql"
	"errors"

	sq "github.com/Masterminds/squirrel"
)

type Membership struct {
	ID     int64
	TeamID int64
	Person string
	Role   string
}

type Store struct{ db *sql.DB }

func NewStore(db *sql.DB) *Store { return &Store{db} }

// MemberWithRole returns a membership with the role in the team, or nil.
func (s *Store) MemberWithRole(ctx context.Context, team int64, role string) (*Membership, error) {
	m := &Membership{}
	sel := sq.Select("id", "team_id", "person", "role").From("memberships").Where(sq.Eq{"team_id": team, "role": role})
	err := sel.RunWith(s.db).QueryRowContext(ctx).Scan(&m.ID, &m.TeamID, &m.Person, &m.Role) // want: fetch-to-exist
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

func (s *Store) Archive(ctx context.Context, team int64) error {
	_, err := sq.Update("teams").Set("archived", 1).Where(sq.Eq{"id": team}).RunWith(s.db).ExecContext(ctx)
	return err
}
