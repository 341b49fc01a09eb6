package depot

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

// Pick is what a picker takes from the shelves for one order.
type Pick struct {
	Order int64
	Lines []*Line
	Grams int
}

// Picking makes the lists for the pickers.
type Picking struct {
	db    *bun.DB
	items Getter[Item, string]
}

func (p *Picking) linesOf(ctx context.Context, order int64) ([]*Line, error) {
	var lines []*Line
	err := p.db.NewSelect().Model(&lines).Where("order_id = ?", order).OrderExpr("sku").Scan(ctx)
	return lines, err
}

// Open lists the lines of all open orders.
func (p *Picking) Open(ctx context.Context) ([]Pick, error) {
	var orders []Order
	if err := p.db.NewSelect().Model(&orders).Where("status = ?", "open").Order("placed_at").Scan(ctx); err != nil {
		return nil, err
	}
	var picks []Pick
	for i := 0; i < len(orders); i++ { // want loop: n-plus-one
		lines, err := p.linesOf(ctx, orders[i].ID)
		if err != nil {
			return nil, fmt.Errorf("order %d: %w", orders[i].ID, err)
		}
		if len(lines) == 0 {
			continue
		}
		picks = append(picks, Pick{Order: orders[i].ID, Lines: lines})
	}
	return picks, nil
}

// Weighed lists the lines of all open orders with their weights.
func (p *Picking) Weighed(ctx context.Context) ([]Pick, error) {
	var orders []Order
	err := p.db.NewSelect().Model(&orders).
		Relation("Lines", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Order("sku") }).
		Relation("Lines.Item").
		Where("o.status = ?", "open").
		Scan(ctx)
	if err != nil {
		return nil, err
	}
	picks := make([]Pick, 0, len(orders))
	for _, o := range orders {
		pick := Pick{Order: o.ID, Lines: o.Lines}
		for _, l := range o.Lines {
			if l.Item != nil {
				pick.Grams += l.Qty * l.Item.Grams
			}
		}
		picks = append(picks, pick)
	}
	return picks, nil
}

// Weigh adds up the weight of the orders up to a number, item by item.
func (p *Picking) Weigh(ctx context.Context, upTo int64) (int, error) {
	var lines []*Line
	if err := p.db.NewSelect().Model(&lines).Where("order_id <= ?", upTo).Scan(ctx); err != nil {
		return 0, err
	}
	return p.sum(ctx, lines)
}

func (p *Picking) sum(ctx context.Context, lines []*Line) (grams int, err error) {
	for _, l := range lines { // want loop: n-plus-one
		item, err := p.items.Get(ctx, l.SKU)
		if err != nil {
			return 0, err
		}
		if item != nil {
			grams += l.Qty * item.Grams
		}
	}
	return grams, nil
}

// WeighAll adds up the weight of every line there is.
func (p *Picking) WeighAll(ctx context.Context, shelf *Shelf[Item, string]) (map[int64]int, error) {
	var lines []*Line
	if err := p.db.NewSelect().Model(&lines).Scan(ctx); err != nil {
		return nil, err
	}
	skus := make([]string, len(lines))
	for i, l := range lines {
		skus[i] = l.SKU
	}
	if err := shelf.Fill(ctx, skus); err != nil {
		return nil, err
	}
	grams := map[int64]int{}
	for _, l := range lines {
		item, err := shelf.Get(ctx, l.SKU)
		if err != nil {
			return nil, err
		}
		grams[l.OrderID] += l.Qty * item.Grams
	}
	return grams, nil
}
