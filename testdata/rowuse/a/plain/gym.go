package plain

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/plain/gym"
)

func availabilityHandler(svc *gym.Service) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.ParseInt(r.URL.Query().Get("class"), 10, 64)
		if err != nil {
			http.Error(w, "bad class", http.StatusBadRequest)
			return
		}
		a, err := svc.Availability(r.Context(), id)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(a)
	}
}

var gymSpots = rowuse.Case{
	Name:   "places left in a class are worked out from the list of bookings",
	Want:   []string{rowuse.FetchToCount},
	Why:    "The bookings are loaded and only len is taken to subtract from the capacity.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE classes (id INTEGER PRIMARY KEY, title TEXT NOT NULL, capacity INTEGER NOT NULL);
CREATE TABLE bookings (id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL, member TEXT NOT NULL, booked_at DATETIME NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0);
INSERT INTO classes VALUES (1, 'Spinning', 30), (2, 'Yoga', 20), (3, 'Boxing', 12);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 48) INSERT INTO bookings SELECT i, 1 + i % 3, 'member ' || i, '2024-05-02 10:00:00', i % 7 = 0 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		h := availabilityHandler(&gym.Service{Store: &gym.Store{DB: db}})
		rec := httptest.NewRecorder()
		h(rec, httptest.NewRequest("GET", "/availability?class=2", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
