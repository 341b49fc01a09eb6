package shop

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

type server struct {
	store *Store

	mu      sync.Mutex
	symbols map[string]string // by currency; they never change
}

func newServer(db *sql.DB) *server {
	return &server{store: &Store{db: db}, symbols: map[string]string{}}
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(http.ResponseWriter, *http.Request) (any, error){
		"GET /orders":               s.listOrders,
		"GET /orders/full":          s.fullOrders,
		"GET /orders/named":         s.namedOrders,
		"GET /orders/{id}":          s.showOrder,
		"GET /categories":           s.categoryTree,
		"GET /categories/flat":      s.categoryTreeAtOnce,
		"GET /categories/{id}":      s.showCategory,
		"GET /categories/{id}/fast": s.showCategoryFast,
		"GET /categories/{id}/each": s.showCategoryEach,
		"POST /coupons/{count}":     s.manyCoupons,
		"GET /products":             s.pickedProducts,
		"GET /products/priced":      s.pricedProducts,
		"GET /products/export":      s.exportProducts,
		"GET /home":                 s.home,
		"POST /login":               s.login,
		"POST /checkout":            s.checkout,
		"POST /checkout/fast":       s.checkoutFast,
		"POST /cart/clear":          s.clearCart,
		"POST /reprice":             s.reprice,
		"POST /coupons":             s.newCoupon,
		"POST /restock/{id}":        s.restock,
		"GET /cart":                 s.showCart,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			v, err := h(w, r)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				http.Error(w, "not found", http.StatusNotFound)
			case err != nil:
				http.Error(w, err.Error(), http.StatusInternalServerError)
			default:
				json.NewEncoder(w).Encode(v)
			}
		})
	}
	return mux
}

func (s *server) listOrders(_ http.ResponseWriter, r *http.Request) (any, error) {
	orders, err := s.store.RecentOrders(r.Context(), 15)
	if err != nil {
		return nil, err
	}
	for _, o := range orders { // want loop: n-plus-one
		c, err := s.store.Customer(r.Context(), o.Customer)
		if err != nil {
			return nil, err
		}
		o.Name = c.Name
	}
	return orders, nil
}

// namedOrders remembers customers for the time of one request.
func (s *server) namedOrders(_ http.ResponseWriter, r *http.Request) (any, error) {
	orders, err := s.store.RecentOrders(r.Context(), 20)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, o := range orders { // want loop: n-plus-one
		name, known := names[o.Customer]
		if !known {
			c, err := s.store.Customer(r.Context(), o.Customer)
			if err != nil {
				return nil, err
			}
			name = c.Name
			names[o.Customer] = name
		}
		o.Name = name
	}
	return orders, nil
}

func (s *server) fullOrders(_ http.ResponseWriter, r *http.Request) (any, error) {
	orders, err := s.store.RecentOrders(r.Context(), 10)
	if err != nil {
		return nil, err
	}
	for _, o := range orders { // want loop: n-plus-one
		if o.Items, err = s.store.Items(r.Context(), o.ID); err != nil {
			return nil, err
		}
		for _, it := range o.Items { // want loop: n-plus-one
			p, err := s.store.Product(r.Context(), it.ProductID)
			if err != nil {
				return nil, err
			}
			it.Product = p.Name
		}
	}
	return orders, nil
}

func (s *server) showOrder(_ http.ResponseWriter, r *http.Request) (any, error) {
	ctx := r.Context()
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return nil, err
	}
	o := Order{ID: id}
	if err := s.store.db.QueryRowContext(ctx, `SELECT customer_id, status FROM orders WHERE id = ?`, id).Scan(&o.Customer, &o.Status); err != nil {
		return nil, err
	}
	c, err := s.store.Customer(ctx, o.Customer)
	if err != nil {
		return nil, err
	}
	o.Name = c.Name
	o.Items, err = s.store.NamedItems(ctx, id)
	return o, err
}

func (s *server) showCategory(_ http.ResponseWriter, r *http.Request) (any, error) {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	products, err := s.store.InCategory(r.Context(), id)
	if err != nil {
		return nil, err
	}
	for i := range products { // want loop: n-plus-one
		if products[i].Stars, err = s.store.Stars(r.Context(), products[i].ID); err != nil {
			return nil, err
		}
	}
	return products, nil
}

func (s *server) showCategoryFast(_ http.ResponseWriter, r *http.Request) (any, error) {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	products, err := s.store.InCategory(r.Context(), id)
	if err != nil {
		return nil, err
	}
	stars, err := s.store.StarsOf(r.Context(), products)
	if err != nil {
		return nil, err
	}
	for _, p := range products {
		p.Stars = stars[p.ID]
	}
	return products, nil
}

// showCategoryEach calls what can load the stars of many products with one product at a time.
func (s *server) showCategoryEach(_ http.ResponseWriter, r *http.Request) (any, error) {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	products, err := s.store.InCategory(r.Context(), id)
	if err != nil {
		return nil, err
	}
	for _, p := range products { // want loop: n-plus-one
		stars, err := s.store.StarsOf(r.Context(), []*Product{p})
		if err != nil {
			return nil, err
		}
		p.Stars = stars[p.ID]
	}
	return products, nil
}

// pickedProducts shows the products of a wish list, which the browser keeps.
func (s *server) pickedProducts(_ http.ResponseWriter, r *http.Request) (any, error) {
	var products []*Product
	for _, text := range strings.Split(r.FormValue("ids"), ",") { // want loop: n-plus-one
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		p, err := s.store.Product(r.Context(), id)
		if err != nil {
			return nil, err
		}
		products = append(products, p)
	}
	return products, nil
}

func (s *server) pricedProducts(_ http.ResponseWriter, r *http.Request) (any, error) {
	products, err := s.store.ProductPage(r.Context(), 24, 0)
	if err != nil {
		return nil, err
	}
	for _, p := range products {
		if p.Symbol, err = s.symbol(r, p.Currency); err != nil {
			return nil, err
		}
	}
	return products, nil
}

// symbol remembers what it has loaded for as long as the process lives.
func (s *server) symbol(r *http.Request, currency string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if symbol, ok := s.symbols[currency]; ok {
		return symbol, nil
	}
	symbol, err := s.store.Symbol(r.Context(), currency)
	if err == nil {
		s.symbols[currency] = symbol
	}
	return symbol, err
}

func (s *server) exportProducts(_ http.ResponseWriter, r *http.Request) (any, error) {
	const size = 7
	var all []*Product
	for page := 0; ; page++ {
		products, err := s.store.ProductPage(r.Context(), size, page*size)
		if err != nil {
			return nil, err
		}
		all = append(all, products...)
		if len(products) < size {
			return all, nil
		}
	}
}

func (s *server) home(_ http.ResponseWriter, r *http.Request) (any, error) {
	shelves := map[string][]*Product{}
	for _, shelf := range []string{"new", "sale", "top", "rest"} {
		products, err := s.store.OnShelf(r.Context(), shelf)
		if err != nil {
			return nil, err
		}
		shelves[shelf] = products
	}
	banner, err := s.store.Setting(r.Context(), "banner")
	if err != nil {
		return nil, err
	}
	return map[string]any{"banner": banner, "shelves": shelves}, nil
}
