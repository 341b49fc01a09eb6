// Package depot runs a warehouse: picking, stock and shipping.
package depot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	blind "github.com/nplusgone/nplusgone/testdata/blind"
)

func pg(fn func(ctx context.Context, db *bun.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return fn(ctx, bun.NewDB(db, pgdialect.New())) }
}

func lite(fn func(ctx context.Context, db *bun.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return fn(ctx, bun.NewDB(db, sqlitedialect.New())) }
}

func allSKUs(ctx context.Context, db *bun.DB) (skus []string, err error) {
	err = db.NewSelect().Model((*Item)(nil)).Column("sku").Order("sku").Scan(ctx, &skus)
	return skus, err
}

func delivery(supplier string, n int) Receipt {
	r := Receipt{Supplier: supplier}
	for i := range n {
		r.Got = append(r.Got, Movement{SKU: fmt.Sprintf("BX-%d", 100+i*i), Delta: 1 + i%7})
	}
	return r
}

// Cases returns the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "open picks", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "The lines of each open order are read by a statement of their own.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				_, err := (&Picking{db: db}).Open(ctx)
				return err
			}),
		},
		{
			Name: "weighed picks", Driver: "pgx", Schema: pgSchema,
			Why: "Relation loads all lines with their items by one statement.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				_, err := (&Picking{db: db}).Weighed(ctx)
				return err
			}),
		},
		{
			Name: "weigh some orders", Driver: "sqlite3", Schema: liteSchema,
			Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate},
			Why: "The repository is asked for the item of each line.",
			Run: lite(func(ctx context.Context, db *bun.DB) error {
				p := &Picking{db: db, items: NewRepo[Item, string](db, "sku")}
				grams, err := p.Weigh(ctx, 4)
				if err == nil && grams == 0 {
					return errors.New("no weight")
				}
				return err
			}),
		},
		{
			Name: "weigh all orders", Driver: "pgx", Schema: pgSchema,
			Why: "The shelf is filled by one statement before the loop, which then finds everything on it.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				shelf := NewShelf(NewRepo[Item, string](db, "sku"), func(i *Item) string { return i.SKU })
				_, err := (&Picking{db: db, items: shelf}).WeighAll(ctx, shelf)
				return err
			}),
		},
		{
			Name: "book receipt", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.RowInsert},
			Why:  "Each movement of the receipt is inserted alone, though the model could be the whole slice.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				return (&Ledger{db}).Book(ctx, delivery("Olsen", 17))
			}),
		},
		{
			Name: "book bulk receipt", Driver: "pgx", Schema: pgSchema,
			Why: "Rows are inserted thirty at a time.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				return (&Ledger{db}).BookBulk(ctx, delivery("Maersk", 180))
			}),
		},
		{
			Name: "recount", Driver: "sqlite3", Schema: liteSchema,
			Want: []string{blind.RowUpdate},
			Why:  "One UPDATE for each article that was counted.",
			Run: lite(func(ctx context.Context, db *bun.DB) error {
				skus, err := allSKUs(ctx, db)
				if err != nil {
					return err
				}
				counted := map[string]int{}
				for i, sku := range skus {
					counted[sku] = i * 3 % 17
				}
				return (&Ledger{db}).Recount(counted)
			}),
		},
		{
			Name: "recount a zone", Driver: "pgx", Schema: pgSchema,
			Why: "UPDATE ... FROM VALUES for twelve articles at a time.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				var items []*Item
				if err := db.NewSelect().Model(&items).Scan(ctx); err != nil {
					return err
				}
				for i, it := range items {
					it.OnHand = i
				}
				return (&Ledger{db}).RecountBulk(ctx, items)
			}),
		},
		{
			Name: "release reservations", Driver: "sqlite3", Schema: liteSchema,
			Want: []string{blind.RowDelete},
			Why:  "One DELETE for each expired reservation; one with a condition would do.",
			Run: lite(func(ctx context.Context, db *bun.DB) error {
				_, err := (&Ledger{db}).ReleaseExpired(ctx)
				return err
			}),
		},
		{
			Name: "drain a shelf", Driver: "pgx", Schema: pgSchema,
			Why: "The same row is read again after each write, and only its new value tells whether to go on.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				var sku string
				if err := db.NewSelect().Model((*Item)(nil)).Column("sku").OrderExpr("on_hand DESC").Limit(1).Scan(ctx, &sku); err != nil {
					return err
				}
				_, err := (&Ledger{db}).Drain(ctx, sku)
				return err
			}),
		},
		{
			Name: "shipping quote", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.Duplicate},
			Why:  "Three helpers read the same setting, four times in all, while nothing changes it.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				q := (&quoter{Settings{db}, db}).Quote(ctx, 1999)
				if q.Text == "" {
					return errors.New("no text")
				}
				return nil
			}),
		},
		{
			Name: "label settings", Driver: "sqlite3", Schema: liteSchema,
			Why: "Three different settings that are named in the source.",
			Run: lite(func(ctx context.Context, db *bun.DB) error {
				_, err := (&quoter{Settings{db}, db}).Label(ctx)
				return err
			}),
		},
		{
			Name: "cheapest carrier", Driver: "pgx", Schema: pgSchema,
			Why: "The loop is a search that ends at the first carrier with a rate; most requests ask one or two.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				_, err := (&quoter{Settings{db}, db}).Cheapest(ctx, []string{"DPD", "GLS", "Post", "DHL", "UPS"}, 1800)
				return err
			}),
		},
		{
			Name: "label printer", Driver: "pgx", Schema: pgSchema,
			May: []string{blind.RowUpdate},
			Why: "A queue: each job is claimed with SKIP LOCKED and committed alone, so that printers can work in parallel and a crash loses one job.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				return (&LabelPrinter{db: db}).Run(ctx)
			}),
		},
		{
			Name: "customs declaration", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "The workers run a statement for each article number.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				skus, err := allSKUs(ctx, db)
				if err != nil {
					return err
				}
				_, err = Customs(ctx, db, skus[:24], 3)
				return err
			}),
		},
		{
			Name: "packing station", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "The hook of the model counts the lines of each order that was read.",
			Run: pg(func(ctx context.Context, db *bun.DB) error {
				_, err := Station(ctx, db)
				return err
			}),
		},
	}
}
