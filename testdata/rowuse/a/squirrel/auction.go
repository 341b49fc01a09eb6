package squirrel

import (
	"context"
	"database/sql"
	"errors"
	"sort"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/squirrel/auction"
)

type lotResult struct {
	Lot    int64
	Winner string
	Price  int64
}

var errNoBids = errors.New("no bids")

func closeLot(ctx context.Context, store auction.BidStore, lot int64) (*lotResult, error) {
	bids, err := store.Bids(ctx, lot)
	if err != nil {
		return nil, err
	}
	if len(bids) == 0 {
		return nil, errNoBids
	}
	sort.Slice(bids, func(i, j int) bool {
		if bids[i].Amount != bids[j].Amount {
			return bids[i].Amount > bids[j].Amount
		}
		return bids[i].PlacedAt.Before(bids[j].PlacedAt)
	})
	top := bids[0]
	return &lotResult{Lot: lot, Winner: top.Bidder, Price: top.Amount}, nil
}

var auctionWinner = rowuse.Case{
	Name:   "winner of a lot",
	Want:   []string{rowuse.AggregateInApp},
	Why:    "All bids are fetched, sorted, and the first is taken: ORDER BY amount DESC LIMIT 1. The lot of this run has two bids.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE bids (id INTEGER PRIMARY KEY, lot_id INTEGER NOT NULL, bidder TEXT NOT NULL, amount INTEGER NOT NULL, placed_at DATETIME NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO bids SELECT i, i % 4, 'bidder ' || (i % 7), 100 + (i * 37) % 91, '2024-05-05 10:00:00' FROM n;
INSERT INTO bids VALUES (61, 8, 'bidder 2', 140, '2024-05-05 11:00:00'), (62, 8, 'bidder 5', 155, '2024-05-05 11:05:00');
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		r, err := closeLot(ctx, auction.NewBidStore(db), 8)
		Sink = r
		return err
	},
}
