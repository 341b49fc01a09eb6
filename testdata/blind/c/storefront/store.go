package storefront

import (
	"context"
	"database/sql"
	"sync"
)

const tables = `
CREATE TABLE brands (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE categories (id bigint PRIMARY KEY, parent_id bigint, name text NOT NULL);
CREATE TABLE products (id bigint PRIMARY KEY, name text NOT NULL, brand_id bigint, category_id bigint NOT NULL, cents int NOT NULL);
CREATE TABLE reviews (id bigserial PRIMARY KEY, product_id bigint NOT NULL, stars int NOT NULL);
CREATE TABLE stock (product_id bigint NOT NULL, depot text NOT NULL, n int NOT NULL, PRIMARY KEY (product_id, depot));
CREATE TABLE users (token text PRIMARY KEY, name text NOT NULL, currency text NOT NULL, admin boolean NOT NULL);
CREATE TABLE banners (id bigint PRIMARY KEY, slot text NOT NULL, body text NOT NULL);
INSERT INTO brands SELECT n * n + 3, 'Brand ' || n FROM generate_series(1, 14) n;
INSERT INTO categories VALUES (1, NULL, 'Shop'), (4, 1, 'Garden'), (9, 1, 'Kitchen'), (12, 4, 'Tools'), (13, 4, 'Plants'), (20, 12, 'Saws'), (21, 12, 'Spades'), (25, 20, 'Pruning'), (26, 25, 'Folding'), (30, 9, 'Pans'), (31, 30, 'Iron'), (33, 26, 'Pocket');
INSERT INTO products SELECT 7000 + n * 29, 'Product ' || n, CASE WHEN n % 10 = 0 THEN NULL ELSE (1 + (n * 3) % 14) * (1 + (n * 3) % 14) + 3 END, (ARRAY[13, 21, 31, 33])[1 + n % 4], 100 * n FROM generate_series(1, 26) n;
INSERT INTO reviews (product_id, stars) SELECT p.id, 1 + k % 5 FROM products p, generate_series(1, 6) k WHERE k <= p.id % 7;
INSERT INTO stock SELECT p.id, d, p.id % 11 FROM products p, unnest(ARRAY['A', 'B']) d;
INSERT INTO users VALUES ('tok-a7', 'Noor', 'EUR', true), ('tok-b1', 'Per', 'SEK', false);
INSERT INTO banners VALUES (3, 'top', 'Spring'), (5, 'side', 'Pans'), (6, 'foot', 'Returns');
`

// Product is what templates see. Its methods load on demand.
type Product struct {
	ID         int64
	Name       string
	CategoryID int64
	Cents      int
	brandID    sql.NullInt64

	ctx   context.Context
	shop  *shop
	page  *shelf
	once  sync.Once
	brand string
}

type shop struct{ db *sql.DB }

func (s *shop) list(ctx context.Context, limit, offset int) ([]*Product, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, name, category_id, cents, brand_id FROM products ORDER BY name, id LIMIT $1 OFFSET $2`, limit, offset)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	page := &shelf{}
	for rows.Next() {
		p := &Product{ctx: ctx, shop: s, page: page}
		if err := rows.Scan(&p.ID, &p.Name, &p.CategoryID, &p.Cents, &p.brandID); err != nil {
			return nil, err
		}
		page.products = append(page.products, p)
	}
	return page.products, rows.Err()
}

func (s *shop) product(ctx context.Context, id int64) (*Product, error) {
	p := &Product{ctx: ctx, shop: s}
	err := s.db.QueryRowContext(ctx, `SELECT id, name, category_id, cents, brand_id FROM products WHERE id = $1`, id).Scan(&p.ID, &p.Name, &p.CategoryID, &p.Cents, &p.brandID)
	return p, err
}

// Brand returns the name of the brand.
func (p *Product) Brand() (string, error) {
	if !p.brandID.Valid {
		return "", nil
	}
	var err error
	p.once.Do(func() {
		err = p.shop.db.QueryRowContext(p.ctx, `SELECT name FROM brands WHERE id = $1`, p.brandID.Int64).Scan(&p.brand) // also loop: n-plus-one
	})
	return p.brand, err
}

// ReviewCount returns the number of reviews.
func (p *Product) ReviewCount() (n int, err error) {
	err = p.shop.db.QueryRow(`SELECT count(*) FROM reviews WHERE product_id = $1`, p.ID).Scan(&n) // also loop: n-plus-one
	return n, err
}

// Stock returns how many items there are. The first call loads the whole page.
func (p *Product) Stock() (int, error) {
	if err := p.page.load(p.ctx, p.shop.db); err != nil {
		return 0, err
	}
	return p.page.stock[p.ID], nil
}

type shelf struct {
	products []*Product
	once     sync.Once
	stock    map[int64]int
	err      error
}

func (s *shelf) load(ctx context.Context, db *sql.DB) error {
	s.once.Do(func() {
		ids := make([]int64, len(s.products))
		for i, p := range s.products {
			ids[i] = p.ID
		}
		s.stock = map[int64]int{}
		rows, err := db.QueryContext(ctx, `SELECT product_id, sum(n) FROM stock WHERE product_id = ANY($1) GROUP BY product_id`, ids)
		if err != nil {
			s.err = err
			return
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			var n int
			if s.err = rows.Scan(&id, &n); s.err != nil {
				return
			}
			s.stock[id] = n
		}
		s.err = rows.Err()
	})
	return s.err
}

type user struct {
	Name, Currency string
	Admin          bool
}

func (s *shop) userByToken(ctx context.Context, token string) (*user, error) {
	u := new(user)
	err := s.db.QueryRowContext(ctx, `SELECT name, currency, admin FROM users WHERE token = $1`, token).Scan(&u.Name, &u.Currency, &u.Admin) // want loop: duplicate-query
	return u, err
}
