package gojet

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/bookmarks"
)

type bookmarkService struct{ store *bookmarks.Store }

func (s *bookmarkService) Remove(ctx context.Context, id int64) error {
	if _, err := s.store.Find(ctx, id); err != nil {
		return err
	}
	return s.store.Delete(ctx, id)
}

func (s *bookmarkService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		http.Error(w, "bad id", http.StatusBadRequest)
		return
	}
	switch err := s.Remove(r.Context(), id); {
	case errors.Is(err, bookmarks.ErrNotFound):
		http.NotFound(w, r)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

var bookmarkRemove = rowuse.Case{
	Name:   "bookmark is removed",
	Want:   []string{rowuse.RedundantLookup},
	May:    []string{rowuse.UnusedColumns, rowuse.FetchToExist},
	Why:    "The row is loaded only to answer 404; the DELETE reports how many rows it removed.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE bookmarks (id INTEGER NOT NULL PRIMARY KEY, owner_id INTEGER NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) INSERT INTO bookmarks SELECT i, i % 3, 'https://example.com/' || i, 'Link ' || i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		mux := http.NewServeMux()
		mux.Handle("DELETE /bookmarks/{id}", &bookmarkService{bookmarks.NewStore(db)})
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, httptest.NewRequest("DELETE", "/bookmarks/11", nil).WithContext(ctx))
		Sink = rec.Code
		return statusErr(rec)
	},
}
