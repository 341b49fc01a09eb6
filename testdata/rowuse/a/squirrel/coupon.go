package squirrel

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/squirrel/coupon"
)

type couponJSON struct {
	Code    string `json:"code"`
	Percent int    `json:"percent"`
	Until   string `json:"until"`
}

type walletHandler struct {
	coupons *coupon.Repository
	clock   func() time.Time
}

func (h *walletHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	cs, err := h.coupons.ByShopper(r.Context(), 2)
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	now := h.clock()
	out := []couponJSON{}
	for _, c := range cs {
		if !c.Usable(now) {
			continue
		}
		out = append(out, couponJSON{c.Code, c.Percent, c.ExpiresAt.Format(time.DateOnly)})
	}
	json.NewEncoder(w).Encode(out)
}

var couponWallet = rowuse.Case{
	Name:   "wallet shows the coupons that can be used",
	Want:   []string{rowuse.FilterInApp},
	Why:    "Used and expired coupons are read and dropped by a predicate method; two conditions in WHERE would do.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE coupons (code TEXT PRIMARY KEY, shopper_id INTEGER NOT NULL, percent INTEGER NOT NULL, expires_at DATETIME NOT NULL, used_at DATETIME);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 56) INSERT INTO coupons SELECT 'CPN' || i, i % 4, 5 + i % 20, CASE WHEN i % 5 = 0 THEN '2030-01-01 00:00:00' ELSE '2022-01-01 00:00:00' END, CASE WHEN i % 3 = 0 THEN '2021-12-01 00:00:00' END FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		h := &walletHandler{coupon.NewRepository(db), func() time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) }}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", "/wallet", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
