package sqlx

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type toolLoan struct {
	ID       int64     `db:"id" json:"id"`
	Tool     string    `db:"tool" json:"tool"`
	Borrower string    `db:"borrower" json:"borrower"`
	DueAt    time.Time `db:"due_at" json:"due_at"`
}

func (l toolLoan) overdue(now time.Time) bool { return now.After(l.DueAt) }

type loanRepo struct{ db *sqlx.DB }

func (r *loanRepo) openLoans(ctx context.Context, branch int64) ([]toolLoan, error) {
	const q = `SELECT id, tool, borrower, due_at FROM loans WHERE branch_id = ? AND returned_at IS NULL ORDER BY due_at`
	var ls []toolLoan
	if err := r.db.SelectContext(ctx, &ls, q, branch); err != nil {
		return nil, err
	}
	return ls, nil
}

type loanBoardView struct {
	Overdue  []toolLoan `json:"overdue"`
	Upcoming []toolLoan `json:"upcoming"`
}

type loanAPI struct {
	repo *loanRepo
	now  func() time.Time
}

func (a *loanAPI) board(w http.ResponseWriter, r *http.Request) {
	ls, err := a.repo.openLoans(r.Context(), 1)
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	var v loanBoardView
	now := a.now()
	for _, l := range ls {
		if l.overdue(now) {
			v.Overdue = append(v.Overdue, l)
			continue
		}
		v.Upcoming = append(v.Upcoming, l)
	}
	json.NewEncoder(w).Encode(v)
}

var loanBoard = rowuse.Case{
	Name:   "board of lent tools, overdue and not",
	Why:    "The loop parts the rows in two lists and both are rendered; none is dropped.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE loans (id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL, tool TEXT NOT NULL, borrower TEXT NOT NULL, due_at DATETIME NOT NULL, returned_at DATETIME);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 44) INSERT INTO loans SELECT i, i % 2, 'Drill ' || i, 'B ' || i, CASE WHEN i % 6 < 5 THEN '2024-01-01 00:00:00' ELSE '2024-12-01 00:00:00' END, CASE WHEN i % 11 = 0 THEN '2024-01-02 00:00:00' END FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		api := &loanAPI{&loanRepo{wrap(db)}, func() time.Time { return time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC) }}
		rec := httptest.NewRecorder()
		api.board(rec, httptest.NewRequest("GET", "/loans", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
