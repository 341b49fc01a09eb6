// Package film reads what viewers think of films.
package film

import (
	"context"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type Rating struct {
	ID     int64
	Viewer string
	Stars  int
}

type Ratings struct{ DB pgq.DB }

func (r *Ratings) OfFilm(ctx context.Context, film int64) ([]Rating, error) {
	return pgq.All[Rating](ctx, r.DB, "SELECT id, viewer, stars FROM ratings WHERE film_id = $1", film) // want: aggregate-in-app
}

type number interface{ ~int | ~int64 | ~float64 }

// MeanBy returns the mean of f over the elements.
func MeanBy[T any, N number](in []T, f func(T) N) float64 {
	if len(in) == 0 {
		return 0
	}
	var sum N
	for _, v := range in {
		sum += f(v)
	}
	return float64(sum) / float64(len(in))
}
