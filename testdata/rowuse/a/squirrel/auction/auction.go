// Package auction stores bids.
package auction

import (
	"context"
	"database/sql"
	"time"

	sq "github.com/Masterminds/squirrel"
)

type Bid struct {
	Bidder   string
	Amount   int64
	PlacedAt time.Time
}

type BidStore interface {
	Bids(ctx context.Context, lot int64) ([]Bid, error)
}

type sqlBids struct{ runner sq.BaseRunner }

func NewBidStore(db *sql.DB) BidStore { return sqlBids{sq.NewStmtCacher(db)} }

func (s sqlBids) Bids(ctx context.Context, lot int64) ([]Bid, error) {
	query, args, err := sq.Select("bidder", "amount", "placed_at").From("bids").Where(sq.Eq{"lot_id": lot}).ToSql()
	if err != nil {
		return nil, err
	}
	rows, err := s.runner.Query(query, args...) // want: aggregate-in-app
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var bids []Bid
	for rows.Next() {
		var b Bid
		if err := rows.Scan(&b.Bidder, &b.Amount, &b.PlacedAt); err != nil {
			return nil, err
		}
		bids = append(bids, b)
	}
	return bids, rows.Err()
}
