package dbx

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type flatListing struct {
	ID          int64     `db:"pk,id"`
	Title       string    `db:"title"`
	Description string    `db:"description"`
	Features    string    `db:"features"`
	Rent        int64     `db:"rent"`
	ChangedAt   time.Time `db:"changed_at"`
}

func (flatListing) TableName() string { return "listings" }

type listingRepo struct{ db *dbx.DB }

func (r listingRepo) byID(ctx context.Context, id int64) (*flatListing, error) {
	l := &flatListing{}
	return l, r.db.Select().WithContext(ctx).Model(id, l)
}

func (r listingRepo) save(ctx context.Context, l *flatListing) error {
	return r.db.WithContext(ctx).Model(l).Update()
}

func (r listingRepo) retitle(w http.ResponseWriter, req *http.Request) {
	l, err := r.byID(req.Context(), 6)
	if err != nil {
		http.NotFound(w, req)
		return
	}
	l.Title = req.FormValue("title")
	l.ChangedAt = time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)
	if err := r.save(req.Context(), l); err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	http.Redirect(w, req, "/listings", http.StatusSeeOther)
}

var listingRetitle = rowuse.Case{
	Name:   "listing of a flat gets a new title",
	Why:    "The whole row is loaded because it is saved back; the title comes from the form.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE listings (id INTEGER PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL, features TEXT NOT NULL, rent INTEGER NOT NULL, changed_at DATETIME NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 14) INSERT INTO listings SELECT i, 'Flat ' || i, printf('%.*c', 2500, 'd'), '{"rooms":3}', 900 + i, '2024-01-01 00:00:00' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		form := url.Values{"title": {"Bright flat near the park"}}
		req := httptest.NewRequest("POST", "/listings/6", strings.NewReader(form.Encode())).WithContext(ctx)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		rec := httptest.NewRecorder()
		listingRepo{wrap(db)}.retitle(rec, req)
		return statusErr(rec)
	},
}
