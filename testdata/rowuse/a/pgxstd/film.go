package pgxstd

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/film"
)

type filmCard struct{ ratings *film.Ratings }

func (c filmCard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rs, err := c.ratings.OfFilm(r.Context(), 9)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	mean := film.MeanBy(rs, func(r film.Rating) int { return r.Stars })
	fmt.Fprintf(w, "<span class=stars>%.1f</span>", mean)
}

var filmStars = rowuse.Case{
	Name:   "stars of a film on its card",
	Want:   []string{rowuse.AggregateInApp},
	Why:    "All ratings are fetched to compute their mean: AVG(stars). The film of this run has none.",
	Driver: "pgx",
	Schema: `
CREATE TABLE ratings (id bigserial PRIMARY KEY, film_id bigint NOT NULL, viewer text NOT NULL, stars int NOT NULL);
INSERT INTO ratings (film_id, viewer, stars) SELECT 1 + i % 5, 'viewer ' || i, 1 + i % 5 FROM generate_series(1, 60) i;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		filmCard{&film.Ratings{DB: db}}.ServeHTTP(rec, httptest.NewRequest("GET", "/films/9/card", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
