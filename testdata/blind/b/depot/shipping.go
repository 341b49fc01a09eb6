package depot

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"

	"github.com/uptrace/bun"
)

// Settings reads the configuration of the depot.
type Settings struct {
	db bun.IDB
}

// Value returns a setting.
func (s Settings) Value(ctx context.Context, name string) (string, error) {
	var v string
	err := s.db.NewSelect().Model((*Setting)(nil)).Column("value").Where("name = ?", name).Scan(ctx, &v) // want loop: duplicate-query
	return v, err
}

// Must returns a setting or a default.
func (s Settings) Must(ctx context.Context, name, otherwise string) string {
	v, err := s.Value(ctx, name)
	if err != nil {
		return otherwise
	}
	return v
}

// Quote is what the customer pays for shipping.
type Quote struct {
	Text, Size, Zone string
}

type quoter struct {
	settings Settings
	rates    *bun.DB
}

func (q *quoter) price(ctx context.Context, cents int) string {
	return formatCents(cents) + " " + q.settings.Must(ctx, "currency", "USD")
}

func (q *quoter) vat(ctx context.Context, cents int) string {
	return "incl. " + formatCents(cents*19/119) + " " + q.settings.Must(ctx, "currency", "USD") + " VAT"
}

func (q *quoter) insurance(ctx context.Context, cents int) string {
	if q.settings.Must(ctx, "currency", "USD") == "EUR" && cents < 50000 {
		return "insured up to 500 " + q.settings.Must(ctx, "currency", "USD")
	}
	return ""
}

// Quote writes the text below the basket.
func (q *quoter) Quote(ctx context.Context, cents int) Quote {
	return Quote{Text: strings.Join([]string{q.price(ctx, cents), q.vat(ctx, cents), q.insurance(ctx, cents)}, ", ")}
}

// Label reads what the printer needs to know.
func (q *quoter) Label(ctx context.Context) (Quote, error) {
	var out Quote
	for name, into := range map[string]*string{
		"label.size": &out.Size,
		"pick.zone":  &out.Zone,
		"gift.wrap":  &out.Text,
	} {
		var v string
		if err := q.rates.NewSelect().Model((*Setting)(nil)).Column("value").Where("name = ?", name).Scan(ctx, &v); err != nil {
			return out, err
		}
		*into = v
	}
	return out, nil
}

func formatCents(c int) string {
	return strings.TrimLeft(string([]byte{byte('0' + c/10000%10), byte('0' + c/1000%10), byte('0' + c/100%10), '.', byte('0' + c/10%10), byte('0' + c%10)}), "0")
}

// Cheapest asks the carriers in the order of preference and takes the first that carries the weight.
func (q *quoter) Cheapest(ctx context.Context, preferred []string, grams int) (*Rate, error) {
	for _, carrier := range preferred {
		rate := new(Rate)
		err := q.rates.NewSelect().Model(rate).
			Where("carrier = ?", carrier).
			Where("max_grams >= ?", grams).
			Order("cents").Limit(1).
			Scan(ctx)
		if err == nil {
			return rate, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	return nil, sql.ErrNoRows
}

// LabelPrinter works on the queue of labels.
type LabelPrinter struct {
	db      *bun.DB
	printed []int64
}

// Next takes one job from the queue, prints it and commits.
func (p *LabelPrinter) Next(ctx context.Context) (found bool, err error) {
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var job Job
		err := tx.NewSelect().Model(&job).Where("state = ?", "queued").Order("id").Limit(1).For("UPDATE SKIP LOCKED").Scan(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		found = true
		p.printed = append(p.printed, job.OrderID)
		_, err = tx.NewUpdate().Model(&job).Set("state = ?", "done").WherePK().Exec(ctx)
		return err
	})
	return found, err
}

// Run prints until the queue is empty.
func (p *LabelPrinter) Run(ctx context.Context) error {
	for {
		found, err := p.Next(ctx)
		if err != nil || !found {
			return err
		}
	}
}

// Customs finds the weights of the items on a declaration with a few workers.
func Customs(ctx context.Context, db *bun.DB, skus []string, workers int) (map[string]int, error) {
	in := make(chan string)
	var (
		mu    sync.Mutex
		out   = map[string]int{}
		first error
		wg    sync.WaitGroup
	)
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for sku := range in { // want loop: n-plus-one
				var grams int
				err := db.NewSelect().Model((*Item)(nil)).Column("grams").Where("sku = ?", sku).Scan(ctx, &grams)
				mu.Lock()
				if err != nil && first == nil {
					first = err
				}
				out[sku] = grams
				mu.Unlock()
			}
		}()
	}
	for _, sku := range skus {
		in <- sku
	}
	close(in)
	wg.Wait()
	return out, first
}
