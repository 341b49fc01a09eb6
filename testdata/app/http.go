package app

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
)

var (
	errBadRequest = errors.New("bad request")
	errForbidden  = errors.New("forbidden")
)

// handler responds to a request or returns why it cannot.
type handler func(w http.ResponseWriter, r *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	switch {
	case err == nil:
	case errors.Is(err, errBadRequest):
		http.Error(w, err.Error(), http.StatusBadRequest)
	case errors.Is(err, errForbidden):
		http.Error(w, err.Error(), http.StatusForbidden)
	case errors.Is(err, sql.ErrNoRows):
		http.Error(w, "not found", http.StatusNotFound)
	default:
		slog.ErrorContext(r.Context(), "responding", "route", r.Pattern, "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
	}
}

// writeJSON responds with v.
func writeJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v)
}

// writeRows responds with the number of rows that a request has written.
func writeRows(w http.ResponseWriter, rows int64) error {
	return writeJSON(w, map[string]int64{"rows": rows})
}

// readJSON decodes the body of a request into v.
func readJSON(r *http.Request, v any) error {
	if err := json.NewDecoder(r.Body).Decode(v); err != nil {
		return fmt.Errorf("%w: %w", errBadRequest, err)
	}
	return nil
}

// pathID returns the id in the path of a request at the given wildcard.
func pathID(r *http.Request, name string) (int64, error) {
	return parseID(name, r.PathValue(name))
}

// queryID returns the id in a parameter of the URL.
func queryID(r *http.Request, name string) (int64, error) {
	return parseID(name, r.URL.Query().Get(name))
}

func parseID(name, text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%w: %s %q is not an id", errBadRequest, name, text)
	}
	return id, nil
}
