package sqlx

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlx/shop"
)

type deliveryOptions struct {
	Order     int64          `json:"order"`
	Editable  bool           `json:"editable"`
	Addresses []shop.Address `json:"addresses"`
}

func optionsForOrder(ctx context.Context, st *shop.Store, id int64) (*deliveryOptions, error) {
	order, err := st.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	customer, err := st.Customer(ctx, order.CustomerID)
	if err != nil {
		return nil, err
	}
	addrs, err := st.Addresses(ctx, customer.ID)
	if err != nil {
		return nil, err
	}
	return &deliveryOptions{Order: order.ID, Editable: order.State == "open", Addresses: addrs}, nil
}

var orderAddresses = rowuse.Case{
	Name:   "addresses to which an order can be delivered",
	Want:   []string{rowuse.RedundantLookup},
	May:    []string{rowuse.UnusedColumns},
	Why:    "The customer is loaded only for its id, which is order.CustomerID.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, street TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE addresses (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, label TEXT NOT NULL, line TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15) INSERT INTO customers SELECT i, 'C ' || i, 'c' || i || '@example.com', 'Street ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO orders SELECT 1000 + i, 1 + i % 15, CASE i % 2 WHEN 0 THEN 'open' ELSE 'sent' END FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45) INSERT INTO addresses SELECT i, 1 + i % 15, 'label ' || i, 'line ' || i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		o, err := optionsForOrder(ctx, shop.NewStore(wrap(db)), 1007)
		if err != nil {
			return err
		}
		return json.NewEncoder(io.Discard).Encode(o)
	},
}
