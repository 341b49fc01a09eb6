package gormv2

import (
	"context"
	"net/http"
	"strconv"

	"gorm.io/gorm"
)

type Voter struct {
	ID       uint
	Precinct string
	Name     string
	Street   string
	Party    string
	Absentee bool
}

type VoterRoll struct{ db *gorm.DB }

func (v *VoterRoll) absentees(ctx context.Context, precinct string) (int64, error) {
	var voters []Voter
	var count int64
	tx := v.db.WithContext(ctx).
		Where("precinct = ? AND absentee = ?", precinct, true).
		Find(&voters).Count(&count) // want: fetch-to-count
	return count, tx.Error
}

func (v *VoterRoll) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, err := v.absentees(r.Context(), r.URL.Query().Get("precinct"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("X-Absentees", strconv.FormatInt(n, 10))
	w.WriteHeader(http.StatusNoContent)
}
