package bun

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"strconv"

	"github.com/uptrace/bun"
)

type Comment struct {
	bun.BaseModel `bun:"table:comments"`

	ID     int64 `bun:",pk,autoincrement"`
	PostID int64
	Author string
	Text   string
}

var ErrNotFound = errors.New("not found")

type commentRepo struct{ db *bun.DB }

func (r *commentRepo) Find(ctx context.Context, id int64) (*Comment, error) {
	c := new(Comment)
	err := r.db.NewSelect().Model(c).Where("id = ?", id).Scan(ctx) // want: redundant-key-lookup
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	return c, err
}

func (r *commentRepo) Remove(ctx context.Context, id int64) error {
	_, err := r.db.NewDelete().Model((*Comment)(nil)).Where("id = ?", id).Exec(ctx) // also: redundant-key-lookup
	return err
}

func (r *commentRepo) DeleteComment(w http.ResponseWriter, req *http.Request) {
	id, err := strconv.ParseInt(req.PathValue("id"), 10, 64)
	if err != nil {
		http.Error(w, "bad id", http.StatusBadRequest)
		return
	}
	if _, err := r.Find(req.Context(), id); err != nil {
		status := http.StatusInternalServerError
		if errors.Is(err, ErrNotFound) {
			status = http.StatusNotFound
		}
		http.Error(w, err.Error(), status)
		return
	}
	if err := r.Remove(req.Context(), id); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
