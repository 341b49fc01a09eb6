package sqlc

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/loyaltydb"
)

type receipt struct {
	card  string
	cents int64
}

type loyaltyService struct{ store *loyaltydb.Queries }

var tierFactor = map[string]int64{"basic": 1, "silver": 2, "gold": 3}

func (l *loyaltyService) earn(ctx context.Context, r receipt) (string, error) {
	m, err := l.store.GetMember(ctx, r.card) // also: read-modify-write
	if err != nil {
		return "", err
	}
	m.Points += r.cents / 100 * tierFactor[m.Tier]
	if err := l.store.SetMemberPoints(ctx, loyaltydb.SetMemberPointsParams{Points: m.Points, Card: m.Card}); err != nil { // also: read-modify-write
		return "", err
	}
	return "Thank you, " + m.Name, nil
}

var loyaltyEarn = rowuse.Case{
	Name:   "points of a purchase are added to a card",
	Want:   []string{rowuse.ReadModifyWrite},
	Why:    "Points are read, added to in Go and set; points = points + ? would not lose a purchase made at the same time.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE members (card TEXT PRIMARY KEY, name TEXT NOT NULL, points INTEGER NOT NULL, tier TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) INSERT INTO members SELECT 'L' || i, 'Name ' || i, 10 * i, CASE i % 3 WHEN 0 THEN 'gold' WHEN 1 THEN 'silver' ELSE 'basic' END FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = (&loyaltyService{loyaltydb.New(db)}).earn(ctx, receipt{"L4", 2350})
		return err
	},
}
