package squirrel

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type permit struct {
	ID      int64  `json:"id"`
	Plate   string `json:"plate"`
	Zone    string `json:"zone"`
	Serial  string `json:"serial"`
	Renewed int    `json:"renewed"`
}

type permitRepo struct{ db *sql.DB }

func (r *permitRepo) get(ctx context.Context, id int64) (*permit, error) {
	var p permit
	err := sq.Select("id", "plate", "zone", "serial", "renewed").From("permits").Where("id = ?", id).
		RunWith(r.db).QueryRowContext(ctx).Scan(&p.ID, &p.Plate, &p.Zone, &p.Serial, &p.Renewed)
	return &p, err
}

func (r *permitRepo) renew(ctx context.Context, id int64) error {
	_, err := sq.Update("permits").
		Set("renewed", sq.Expr("renewed + 1")).
		Set("serial", sq.Expr("zone || '-' || lower(hex(randomblob(4)))")).
		Where("id = ?", id).RunWith(r.db).ExecContext(ctx)
	return err
}

func (r *permitRepo) renewHandler(w http.ResponseWriter, req *http.Request) {
	ctx := req.Context()
	old, err := r.get(ctx, 12)
	if err != nil {
		http.NotFound(w, req)
		return
	}
	if !strings.HasPrefix(old.Serial, old.Zone) {
		http.Error(w, "serial of "+old.Plate+" is not valid", http.StatusConflict)
		return
	}
	if err := r.renew(ctx, old.ID); err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	p, err := r.get(ctx, old.ID)
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	json.NewEncoder(w).Encode(p)
}

var parkingPermit = rowuse.Case{
	Name:   "parking permit is renewed and returned",
	Why:    "The permit is read again because the database made its new serial.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE permits (id INTEGER PRIMARY KEY, plate TEXT NOT NULL, zone TEXT NOT NULL, serial TEXT NOT NULL, renewed INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 26) INSERT INTO permits SELECT i, 'AB ' || i, 'Z' || (i % 4), 'Z' || (i % 4) || '-0000', 0 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		(&permitRepo{db}).renewHandler(rec, httptest.NewRequest("POST", "/permits/12/renew", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
