package sqlx

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlx/crew"
)

type rosterEntry struct{ Staff, Name, Rank string }

func standby(ctx context.Context, ms crew.Members, base string, day time.Time) ([]rosterEntry, error) {
	list, err := ms.AtBase(ctx, base)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(m *crew.Member) bool { return !m.FitOn(day) })
	slices.SortFunc(list, func(a, b *crew.Member) int { return strings.Compare(a.Name, b.Name) })
	out := make([]rosterEntry, 0, len(list))
	for _, m := range list {
		out = append(out, rosterEntry{m.Staff, m.Name, m.Rank})
	}
	return out, nil
}

var crewDuty = rowuse.Case{
	Name:   "crew of a base that may be on standby on a day",
	Want:   []string{rowuse.FilterInApp},
	Why:    "Members whose certificate has ended are dropped by slices.DeleteFunc; a comparison in WHERE would do. Nobody is at the base of this run.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE crew (staff_no TEXT PRIMARY KEY, base TEXT NOT NULL, name TEXT NOT NULL, crew_rank TEXT NOT NULL, medical_till DATETIME NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) INSERT INTO crew SELECT 'S' || i, CASE i % 2 WHEN 0 THEN 'OSL' ELSE 'BGO' END, 'Name ' || i, 'FO', CASE WHEN i % 5 = 0 THEN '2026-01-01 00:00:00' ELSE '2023-01-01 00:00:00' END FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		r, err := standby(ctx, crew.Members{DB: wrap(db)}, "TRD", time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC))
		Sink = r
		return err
	},
}
