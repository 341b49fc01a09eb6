package depot

import (
	"time"

	"github.com/uptrace/bun"
)

// Order is what a customer has bought.
type Order struct {
	bun.BaseModel `bun:"table:orders,alias:o"`

	ID       int64 `bun:",pk,autoincrement"`
	Customer string
	Status   string
	PlacedAt time.Time
	Carrier  *string

	Lines []*Line `bun:"rel:has-many,join:id=order_id"`
}

// Line is one position of an order.
type Line struct {
	bun.BaseModel `bun:"table:order_lines,alias:l"`

	ID      int64 `bun:",pk,autoincrement"`
	OrderID int64
	SKU     string `bun:"sku"`
	Qty     int

	Item *Item `bun:"rel:belongs-to,join:sku=sku"`
}

// Item is an article in the catalogue.
type Item struct {
	bun.BaseModel `bun:"table:items,alias:i"`

	SKU    string `bun:"sku,pk"`
	Title  string
	Grams  int
	OnHand int
}

// Movement is an entry in the stock ledger.
type Movement struct {
	bun.BaseModel `bun:"table:movements,alias:m"`

	ID     int64  `bun:",pk,autoincrement"`
	SKU    string `bun:"sku"`
	Delta  int
	Reason string
}

// Setting is one value of the configuration.
type Setting struct {
	bun.BaseModel `bun:"table:settings,alias:s"`

	Name  string `bun:",pk"`
	Value string
}

// Reservation holds items back for a basket.
type Reservation struct {
	bun.BaseModel `bun:"table:reservations,alias:r"`

	ID      int64  `bun:",pk,autoincrement"`
	SKU     string `bun:"sku"`
	Basket  string
	Expired bool
}

// Rate is what a carrier charges.
type Rate struct {
	bun.BaseModel `bun:"table:rates,alias:rt"`

	Carrier  string `bun:",pk"`
	MaxGrams int    `bun:",pk"`
	Cents    int
}

// Job is a task of the label printers.
type Job struct {
	bun.BaseModel `bun:"table:jobs,alias:j"`

	ID      int64 `bun:",pk,autoincrement"`
	OrderID int64
	State   string
}
