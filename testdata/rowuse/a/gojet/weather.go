package gojet

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/weather"
)

type stationDTO struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Altitude int32  `json:"altitude"`
}

type watchAPI struct{ stations weather.Stations }

func (a watchAPI) list(w http.ResponseWriter, r *http.Request) {
	watched := map[string]struct{}{}
	for _, c := range strings.Split(r.FormValue("codes"), ",") {
		watched[c] = struct{}{}
	}
	all, err := a.stations.InNetwork(r.Context(), r.FormValue("network"))
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	out := make([]stationDTO, 0, len(watched))
	for _, s := range all {
		if _, ok := watched[s.Code]; ok {
			out = append(out, stationDTO{s.Code, s.Name, s.Altitude})
		}
	}
	json.NewEncoder(w).Encode(out)
}

var stationWatch = rowuse.Case{
	Name:   "stations that a user watches",
	Want:   []string{rowuse.FilterInApp},
	Why:    "All stations of the network are read and those in a set of codes are kept: code IN (…).",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE stations (code TEXT NOT NULL PRIMARY KEY, network TEXT NOT NULL, name TEXT NOT NULL, altitude INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 56) INSERT INTO stations SELECT 'ST' || i, CASE i % 2 WHEN 0 THEN 'coast' ELSE 'inland' END, 'Station ' || i, 10 * i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		watchAPI{weather.New(db)}.list(rec, httptest.NewRequest("GET", "/stations?network=coast&codes=ST4,ST10,ST31", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
