// Package survey reads the answers to questions.
package survey

import (
	"context"

	"github.com/pocketbase/dbx"
)

type Answer struct {
	ID     int64  `db:"id"`
	Choice string `db:"choice"`
	Locale string `db:"locale"`
}

type Answers struct{ DB dbx.Builder }

func (a Answers) Of(ctx context.Context, question int64) ([]Answer, error) {
	var as []Answer
	err := a.DB.Select("id", "choice", "locale").From("answers").AndWhere(dbx.HashExp{"question_id": question}).WithContext(ctx).All(&as) // want: aggregate-in-app
	return as, err
}

// GroupCount returns how many elements have each key.
func GroupCount[T any, K comparable](in []T, key func(T) K) map[K]int {
	m := map[K]int{}
	for _, v := range in {
		m[key(v)]++
	}
	return m
}
