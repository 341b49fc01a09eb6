package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

const schema = `
CREATE TABLE products (id bigint PRIMARY KEY, sku text NOT NULL, tags text[] NOT NULL DEFAULT '{}', parts bigint[], vendor bigint);
INSERT INTO products SELECT 1000 + i * i, 'SKU-' || 1000 + i * 37, CASE WHEN i % 3 = 0 THEN '{fragile}' WHEN i % 5 = 0 THEN '{cold,fragile}' ELSE '{}' END::text[],
	NULL, CASE WHEN i % 4 > 0 THEN i % 4 END FROM generate_series(1, 36) i;
INSERT INTO products VALUES (50001, 'KIT-A', '{kit}', '{50002,50003,1001}', 1), (50002, 'KIT-B', '{kit}', '{50004,50005}', 1),
	(50003, 'KIT-C', '{kit}', '{50005,1004,1009}', 2), (50004, 'KIT-D', '{kit}', '{1016,1025}', NULL), (50005, 'KIT-E', '{kit}', '{50006,1036}', 2),
	(50006, 'KIT-F', '{kit}', '{1049}', 3);
CREATE TABLE stock (product bigint NOT NULL, bin text NOT NULL, qty int NOT NULL, counted timestamptz);
INSERT INTO stock SELECT p.id, 'B' || p.id % 17 || '-' || k, (p.id * k) % 23, NULL FROM products p, generate_series(1, 3) k WHERE (p.id + k) % 4 <> 1;
CREATE TABLE orders (id bigint PRIMARY KEY, packed timestamptz);
INSERT INTO orders SELECT 90000 + i * 13, CASE WHEN i % 5 = 0 THEN now() END FROM generate_series(1, 11) i;
CREATE TABLE order_lines (order_id bigint NOT NULL, product bigint NOT NULL, qty int NOT NULL);
INSERT INTO order_lines SELECT 90000 + i * 13, 1000 + (1 + (i * 5 + k * 7) % 36) ^ 2, k FROM generate_series(1, 11) i, generate_series(1, 5) k WHERE k <= 1 + i % 5;
CREATE TABLE reservations (id bigint PRIMARY KEY, product bigint NOT NULL, until timestamptz NOT NULL);
INSERT INTO reservations SELECT i, 1001, timestamptz '2024-01-01' + i * interval '1 day' FROM generate_series(1, 14) i;
CREATE TABLE tasks (id bigserial PRIMARY KEY, kind text NOT NULL, payload jsonb, taken timestamptz);
INSERT INTO tasks (kind, payload) SELECT 'reorder', jsonb_build_object('n', i) FROM generate_series(1, 9) i;
CREATE TABLE moves_2024_01 (product bigint, qty int);
CREATE TABLE moves_2024_02 (product bigint, qty int);
CREATE TABLE moves_2024_03 (product bigint, qty int);
CREATE TABLE moves_2024_04 (product bigint, qty int);
CREATE TABLE moves_2024_05 (product bigint, qty int);
CREATE TABLE moves_2024_06 (product bigint, qty int);
CREATE FUNCTION book_move(p bigint, n int) RETURNS int LANGUAGE sql AS 'UPDATE stock SET qty = qty + n WHERE product = p AND bin = (SELECT min(bin) FROM stock WHERE product = p) RETURNING qty';
`

// Cases lists the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "tour", Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate},
			Why:    "the best bin is asked for line by line in two nested loops",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).Tour(ctx)
				return err
			},
		},
		{
			Name: "shortages", Want: []string{blind.NPlusOne},
			Why:    "a loader that takes many ids is called with one id a time",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).Shortages(ctx, "fragile")
				return err
			},
		},
		{
			Name: "labels", Want: []string{blind.NPlusOne},
			Why:    "one = ANY for the lines of each order; the products of all orders could come in one",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).Labels(context.Background())
				return err
			},
		},
		{
			Name:   "valuation",
			Why:    "= ANY by chunks of several ids is the batch form",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).Valuation(ctx)
				return err
			},
		},
		{
			Name: "recount", Want: []string{blind.NPlusOne},
			Why:    "a pool of workers runs one aggregate for each product of a list",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				r := &Repo{db}
				ids, err := r.Tagged(ctx, "fragile")
				if err != nil {
					return err
				}
				_, err = r.Recount(ctx, ids)
				return err
			},
		},
		{
			Name: "release reservations", Want: []string{blind.RowDelete},
			Why:    "the expired rows are read and then deleted one after the other; one DELETE would do",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				return (&Repo{db}).ReleaseExpired(time.Date(2024, 1, 11, 0, 0, 0, 0, time.UTC))
			},
		},
		{
			Name: "apply a count", Want: []string{blind.RowUpdate},
			Why:    "an UPDATE for each product, though UPDATE ... FROM unnest takes all",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				counted := map[int64]int{}
				for i := int64(2); i < 15; i++ {
					counted[1000+i*i] = int(i)
				}
				return (&Repo{db}).ApplyCount(ctx, counted)
			},
		},
		{
			Name:   "load a count",
			Why:    "each UPDATE takes nine rows by unnest",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				var counted []Place
				for i := int64(1); i <= 36; i++ {
					counted = append(counted, Place{Product: 1000 + i*i, Qty: int(i)})
				}
				return (&Repo{db}).LoadCount(ctx, counted)
			},
		},
		{
			Name: "weigh a kit", Want: []string{blind.Recursive}, May: []string{blind.Duplicate},
			Why:    "the method calls itself for each part, with one SELECT for each kit in the tree",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).Weigh(ctx, []int64{50001})
				return err
			},
		},
		{
			Name:   "explode kits",
			Why:    "one SELECT for each level of the tree, not for each node",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).Explode(ctx, []int64{50001, 50003})
				return err
			},
		},
		{
			Name:   "catalogue",
			Why:    "pages by key; that the next page is got by recursion makes it no tree",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				list, err := (&Repo{db}).Catalogue(ctx)
				if err == nil && len(list) != 42 {
					return fmt.Errorf("%d products", len(list))
				}
				return err
			},
		},
		{
			Name:   "export",
			Why:    "FETCH from a cursor repeats by nature",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				return (&Repo{db}).Export(ctx, func(Place) {})
			},
		},
		{
			Name:   "archive",
			Why:    "each statement reads another table, one for each month of a half-year",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).Archive(ctx, 2024)
				return err
			},
		},
		{
			Name:   "drain tasks",
			Why:    "a work queue claims one task at a time, so that other workers get their share and a crash loses one only",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).DrainTasks(ctx, func(string, []byte) error { return nil })
				return err
			},
		},
		{
			Name:   "transfer",
			Why:    "advisory locks must be taken one after the other in a fixed order",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				return (&Repo{db}).Transfer(ctx, 1004, map[int64]int{7: 1, 19: 2, 33: 1, 4: 9, 118: 1, 52: 3, 60: 2})
			},
		},
		{
			Name:   "book movements",
			Why:    "the level is read again after a function that writes, though the call looks like a SELECT",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Repo{db}).Book(ctx, 1016)
				return err
			},
		},
	}
}
