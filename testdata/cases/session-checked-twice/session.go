// Package session checks the session and loads the user in a middleware, and again in the handler. Both queries
// are a duplicate-query whose evidence names both calls, also if the keys are UUIDs with pgx. Settings that are
// read once each by name are not reported.
//
// Related issues: eugenioenko/autentico#321, aarondl/authboss#79, vavallee/bindery#1468.
package session

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/google/uuid"
)

type Server struct {
	DB    *sql.DB
	Marks [2]string
}

func (s *Server) session(ctx context.Context, token uuid.UUID) (user uuid.UUID, err error) {
	err = s.DB.QueryRowContext(ctx, "SELECT user_id FROM sessions WHERE token = "+s.Marks[0], s.arg(token)).Scan(&user)
	return
}

func (s *Server) arg(id uuid.UUID) any {
	if s.Marks[1] == "text" {
		return id.String()
	}
	return id
}

func (s *Server) user(ctx context.Context, id uuid.UUID) (name string, err error) {
	err = s.DB.QueryRowContext(ctx, "SELECT name FROM users WHERE id = "+s.Marks[0], s.arg(id)).Scan(&name)
	return
}

func (s *Server) validate(ctx context.Context, r *http.Request) (string, error) {
	token, err := uuid.Parse(r.Header.Get("X-Token"))
	if err != nil {
		return "", err
	}
	id, err := s.session(ctx, token)
	if err != nil {
		return "", err
	}
	return s.user(ctx, id)
}

func (s *Server) Auth(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := s.validate(r.Context(), r); err != nil { // callAuth
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) Profile(w http.ResponseWriter, r *http.Request) {
	name, err := s.validate(r.Context(), r) // callProfile
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	w.Write([]byte(name))
}

func (s *Server) setting(name string) (v string) {
	_ = s.DB.QueryRow("SELECT value FROM settings WHERE name = "+s.Marks[0], name).Scan(&v)
	return
}

func (s *Server) Settings(w http.ResponseWriter, r *http.Request) {
	mode := s.setting("mode")
	key := s.setting("key")
	epoch := s.setting("epoch")
	role := s.setting("role")
	w.Write([]byte(mode + key + epoch + role))
}
