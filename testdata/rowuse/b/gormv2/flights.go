package gormv2

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"gorm.io/gorm"
)

// Departure is a row of the departures board.
type Departure struct {
	Flight  string    `json:"flight"`
	To      string    `json:"to"`
	Gate    string    `json:"gate"`
	Remarks string    `json:"remarks"`
	At      time.Time `json:"at"`
}

type BoardRepo struct{ db *gorm.DB }

func (r *BoardRepo) Departures(ctx context.Context, airport string) ([]Departure, error) {
	var board []Departure
	err := r.db.WithContext(ctx).
		Table("flights f").
		Select("f.number AS flight, a.city AS `to`, f.gate, f.remarks, f.departs_at AS at").
		Joins("JOIN airports a ON a.code = f.dest").
		Where("f.origin = ?", airport).
		Order("f.departs_at").
		Scan(&board).Error
	return board, err
}

func respond[T any](w http.ResponseWriter, v T, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func (r *BoardRepo) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	board, err := r.Departures(req.Context(), req.URL.Query().Get("airport"))
	respond(w, board, err)
}
