package xorm

import (
	"context"
	"errors"
	"strings"

	"xorm.io/xorm"
)

type Login struct {
	Id    int64
	Email string `xorm:"unique"`
	Hash  string
}

var errRegistered = errors.New("address is registered")

type logins struct{ engine *xorm.Engine }

func (l *logins) registered(ctx context.Context, email string) (bool, error) {
	return l.engine.Context(ctx).Where("email = ?", email).Get(&Login{})
}

func (l *logins) add(ctx context.Context, login *Login) error {
	_, err := l.engine.Context(ctx).InsertOne(login)
	return err
}

func signUp(ctx context.Context, l *logins, email, hash string) (int64, error) {
	email = strings.ToLower(email)
	taken, err := l.registered(ctx, email)
	if err != nil {
		return 0, err
	}
	if taken {
		return 0, errRegistered
	}
	login := &Login{Email: email, Hash: hash}
	if err := l.add(ctx, login); err != nil {
		return 0, err
	}
	return login.Id, nil
}
