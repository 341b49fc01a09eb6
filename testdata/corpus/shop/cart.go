package shop

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/mattn/go-sqlite3"
)

type cartLine struct {
	Product, Cents int64
	Qty            int
	Total          int64
}

const shopper = 21 // who is signed in

func (s *Store) cart(ctx context.Context, customer int64) ([]cartLine, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT c.product_id, c.qty, p.cents FROM cart_items c JOIN products p ON p.id = c.product_id WHERE c.customer_id = ?`, customer)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lines []cartLine
	for rows.Next() {
		var l cartLine
		if err := rows.Scan(&l.Product, &l.Qty, &l.Cents); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, rows.Err()
}

func (s *server) showCart(_ http.ResponseWriter, r *http.Request) (any, error) {
	lines, err := s.store.cart(r.Context(), shopper)
	if err != nil {
		return nil, err
	}
	for i := range lines { // want loop: duplicate-query
		gross, err := s.withVAT(r.Context(), lines[i].Cents*int64(lines[i].Qty))
		if err != nil {
			return nil, err
		}
		lines[i].Total = gross
	}
	return lines, nil
}

func (s *server) withVAT(ctx context.Context, net int64) (int64, error) {
	text, err := s.store.Setting(ctx, "vat_percent")
	if err != nil {
		return 0, err
	}
	percent, err := strconv.ParseInt(text, 10, 64)
	return net + net*percent/100, err
}

func (s *server) checkout(_ http.ResponseWriter, r *http.Request) (any, error) {
	ctx := r.Context()
	lines, err := s.store.cart(ctx, shopper)
	if err != nil {
		return nil, err
	}
	tx, err := s.store.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	res, err := tx.ExecContext(ctx, `INSERT INTO orders (customer_id, status, placed_at) VALUES (?, 'open', date('now'))`, shopper)
	if err != nil {
		return nil, err
	}
	order, err := res.LastInsertId()
	if err != nil {
		return nil, err
	}
	for _, l := range lines { // want loop: row-by-row-insert
		_, err := tx.ExecContext(ctx, `INSERT INTO order_items (order_id, product_id, qty, cents) VALUES (?, ?, ?, ?)`, order, l.Product, l.Qty, l.Cents)
		if err != nil {
			return nil, err
		}
	}
	return order, tx.Commit()
}

func (s *server) checkoutFast(_ http.ResponseWriter, r *http.Request) (any, error) {
	ctx := r.Context()
	lines, err := s.store.cart(ctx, shopper)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	tx, err := s.store.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	var order int64
	err = tx.QueryRowContext(ctx, `INSERT INTO orders (customer_id, status, placed_at) VALUES (?, 'open', date('now')) RETURNING id`, shopper).Scan(&order)
	if err != nil {
		return nil, err
	}
	var values []string
	var args []any
	for _, l := range lines {
		values = append(values, "(?, ?, ?, ?)")
		args = append(args, order, l.Product, l.Qty, l.Cents)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO order_items (order_id, product_id, qty, cents) VALUES `+strings.Join(values, ", "), args...); err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM cart_items WHERE customer_id = ?`, shopper); err != nil {
		return nil, err
	}
	return order, tx.Commit()
}

func (s *server) clearCart(_ http.ResponseWriter, r *http.Request) (any, error) {
	lines, err := s.store.cart(r.Context(), shopper)
	if err != nil {
		return nil, err
	}
	for _, l := range lines { // want loop: row-by-row-delete
		if err := s.store.removeFromCart(r.Context(), shopper, l.Product); err != nil {
			return nil, err
		}
	}
	return "cleared", nil
}

func (s *Store) removeFromCart(ctx context.Context, customer, product int64) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM cart_items WHERE customer_id = ? AND product_id = ?`, customer, product)
	return err
}

// reprice rounds each price to the next 95 cents.
func (s *server) reprice(_ http.ResponseWriter, r *http.Request) (any, error) {
	products, err := s.store.ProductPage(r.Context(), 100, 0)
	if err != nil {
		return nil, err
	}
	tx, err := s.store.db.BeginTx(r.Context(), nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	for _, p := range products { // want loop: row-by-row-update
		cents := p.Cents - p.Cents%100 + 95
		if cents == p.Cents {
			continue
		}
		if _, err := tx.ExecContext(r.Context(), `UPDATE products SET cents = ? WHERE id = ?`, cents, p.ID); err != nil {
			return nil, err
		}
	}
	return len(products), tx.Commit()
}

func (s *server) restock(_ http.ResponseWriter, r *http.Request) (any, error) {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	before, err := s.store.stock(r.Context(), id)
	if err != nil {
		return nil, err
	}
	if _, err := s.store.db.ExecContext(r.Context(), `UPDATE products SET stock = stock + 10 WHERE id = ?`, id); err != nil {
		return nil, err
	}
	after, err := s.store.stock(r.Context(), id)
	return []int{before, after}, err
}

func (s *Store) stock(ctx context.Context, product int64) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT stock FROM products WHERE id = ?`, product).Scan(&n)
	return n, err
}

// newCoupon draws codes until one is free.
func (s *server) newCoupon(_ http.ResponseWriter, r *http.Request) (any, error) {
	candidates := append([]string{"SPRING", "SUMMER", "SPRING"}, rand.Text()[:8])
	for _, code := range candidates {
		_, err := s.store.db.ExecContext(r.Context(), `INSERT INTO coupons (code, percent, customer_id) VALUES (?, 10, ?)`, code, shopper)
		var bad sqlite3.Error
		if errors.As(err, &bad) && bad.Code == sqlite3.ErrConstraint {
			continue
		}
		return code, err
	}
	return nil, fmt.Errorf("no free code in %d draws", len(candidates))
}

// manyCoupons makes as many coupons as somebody has asked for.
func (s *server) manyCoupons(_ http.ResponseWriter, r *http.Request) (any, error) {
	count, err := strconv.Atoi(r.PathValue("count"))
	if err != nil {
		return nil, err
	}
	for range count { // want loop: row-by-row-insert
		_, err := s.store.db.ExecContext(r.Context(), `INSERT INTO coupons (code, percent, customer_id) VALUES (?, 5, ?)`, rand.Text(), shopper)
		if err != nil {
			return nil, err
		}
	}
	return count, nil
}

func (s *server) login(_ http.ResponseWriter, r *http.Request) (any, error) {
	ctx := r.Context()
	var c Customer
	err := s.store.db.QueryRowContext(ctx, `SELECT id, name, tier FROM customers WHERE email = ?`, r.FormValue("email")).Scan(&c.ID, &c.Name, &c.Tier)
	if err != nil {
		return nil, err
	}
	var inCart int
	if err := s.store.db.QueryRowContext(ctx, `SELECT count(*) FROM cart_items WHERE customer_id = ?`, c.ID).Scan(&inCart); err != nil {
		return nil, err
	}
	var coupons int
	if err := s.store.db.QueryRowContext(ctx, `SELECT count(*) FROM coupons WHERE customer_id = ?`, c.ID).Scan(&coupons); err != nil {
		return nil, err
	}
	var last string
	err = s.store.db.QueryRowContext(ctx, `SELECT coalesce(max(placed_at), '') FROM orders WHERE customer_id = ?`, c.ID).Scan(&last)
	return map[string]any{"name": c.Name, "in_cart": inCart, "coupons": coupons, "last_order": last}, err
}
