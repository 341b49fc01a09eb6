// Package members has the people of a gym.
package members

import (
	"context"

	"xorm.io/xorm"
)

type Member struct {
	Id    int64
	Name  string
	Email string
	Plan  string
	Until string
}

type Store struct{ Engine *xorm.Engine }

func (s *Store) Name(ctx context.Context, id int64) (string, error) {
	var name string
	_, err := s.Engine.Context(ctx).Table(new(Member)).Where("id = ?", id).Cols("name").Get(&name) // also: redundant-key-lookup
	return name, err
}

func (s *Store) Email(ctx context.Context, id int64) (string, error) {
	var email string
	_, err := s.Engine.Context(ctx).Table(new(Member)).Where("id = ?", id).Cols("email").Get(&email) // want: redundant-key-lookup
	return email, err
}

// Mail is what a mailer sends.
type Mail struct{ To, Text string }

// Welcome is the mail to a new member.
func Welcome(ctx context.Context, s *Store, id int64) (m Mail, err error) {
	name, err := s.Name(ctx, id)
	if err != nil {
		return m, err
	}
	m.Text = "Welcome, " + name + "!"
	m.To, err = s.Email(ctx, id)
	return m, err
}
