// Package boards converts each row of a list to a response, and calls one function twice for it: for the author,
// and for the last editor. An n-plus-one is wanted at the loop. Its message must not say that there is one
// statement for each row, because there are two. One author for all rows is reported as well. A statement with a
// list of keys is not.
//
// Related issues: grafana/grafana#119283.
package boards

import (
	"context"
	"database/sql"
	"strings"
)

type Board struct {
	ID, CreatedBy, UpdatedBy int64
	Title                    string
}
type DTO struct{ Title, Creator, Updater string }
type Service struct{ db *sql.DB }

func (s *Service) boards(ctx context.Context) (out []Board, err error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, title, created_by, updated_by FROM boards ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b Board
		if err := rows.Scan(&b.ID, &b.Title, &b.CreatedBy, &b.UpdatedBy); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

func (s *Service) login(ctx context.Context, id int64) string {
	name := "Anonymous"
	if id > 0 {
		_ = s.db.QueryRowContext(ctx, "SELECT login FROM people WHERE id = ?", id).Scan(&name)
	}
	return name
}

func (s *Service) toDTO(ctx context.Context, b Board) DTO {
	return DTO{b.Title, s.login(ctx, b.CreatedBy), s.login(ctx, b.UpdatedBy)}
}

func (s *Service) List(ctx context.Context) (out []DTO, err error) {
	boards, err := s.boards(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range boards { // loop
		out = append(out, s.toDTO(ctx, b))
	}
	return out, nil
}

func (s *Service) Batched(ctx context.Context) (out []DTO, err error) {
	boards, err := s.boards(ctx)
	if err != nil {
		return nil, err
	}
	ids := map[int64]string{}
	var args []any
	for _, b := range boards {
		for _, id := range []int64{b.CreatedBy, b.UpdatedBy} {
			if _, ok := ids[id]; !ok {
				ids[id] = "Anonymous"
				args = append(args, id)
			}
		}
	}
	rows, err := s.db.QueryContext(ctx, "SELECT id, login FROM people WHERE id IN (?"+strings.Repeat(",?", len(args)-1)+")", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var n string
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		ids[id] = n
	}
	for _, b := range boards {
		out = append(out, DTO{b.Title, ids[b.CreatedBy], ids[b.UpdatedBy]})
	}
	return out, rows.Err()
}
