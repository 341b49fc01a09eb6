// Package shop is a web shop: net/http handlers over one store, the request's context handed all the way.
package shop

import (
	"context"
	"database/sql"
	"fmt"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are requests to the shop.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "orders with their customers", Want: []string{corpus.NPlusOne}, Run: request("GET", "/orders"),
			May: []string{corpus.Duplicate}, Why: "one customer is loaded for each order of the page"},
		{Name: "orders with remembered customers", Want: []string{corpus.NPlusOne}, Run: request("GET", "/orders/named"),
			Why: "what it remembers ends with the request: twelve of twenty orders still cost a statement, and more with more customers"},
		{Name: "orders with items with products", Want: []string{corpus.NPlusOne}, Run: request("GET", "/orders/full"),
			May: []string{corpus.Duplicate}, Why: "items per order and a product per item: M×N statements"},
		{Name: "category with stars", Want: []string{corpus.NPlusOne}, Run: request("GET", "/categories/6"),
			Why: "an average per product, where one GROUP BY would do"},
		{Name: "category with stars of one key each", Want: []string{corpus.NPlusOne}, Run: request("GET", "/categories/6/each"),
			Why: "the statement has an IN list, but each has one key"},
		{Name: "as many coupons as wanted", Want: []string{corpus.RowInsert}, Run: request("POST", "/coupons/12"),
			Why: "the number comes with the request, and each coupon is an INSERT"},
		{Name: "wish list", Want: []string{corpus.NPlusOne}, Run: request("GET", "/products?ids=103,109,112,121,130,142"),
			Why: "one product per id of the request, where IN would do"},
		{Name: "tax rate per cart line", Want: []string{corpus.Duplicate}, Run: request("GET", "/cart"),
			Why: "the same setting is read again for each line"},
		{Name: "checkout line by line", Want: []string{corpus.RowInsert}, Run: request("POST", "/checkout"),
			Why: "the lines of one order could be inserted together"},
		{Name: "clearing the cart line by line", Want: []string{corpus.RowDelete}, Run: request("POST", "/cart/clear"),
			Why: "DELETE WHERE customer_id would clear the cart"},
		{Name: "new prices", Want: []string{corpus.RowUpdate}, Run: request("POST", "/reprice"),
			Why: "one UPDATE per product in one transaction; an expression or CASE does them all"},
		{Name: "category tree by recursion", Want: []string{corpus.Recursive}, Run: request("GET", "/categories"),
			Why: "one statement per node of the tree"},

		{Name: "one order", Run: request("GET", "/orders/9013"),
			Why: "three different statements for one order, the items by a join"},
		{Name: "category with stars in one go", Run: request("GET", "/categories/6/fast"),
			Why: "two statements and a map"},
		{Name: "prices with remembered symbols", Run: request("GET", "/products/priced"),
			Why: "three currencies are loaded once in the life of the process, not per product"},
		{Name: "export by pages", Run: request("GET", "/products/export"),
			Why: "pages of a fixed size are the remedy, not the illness"},
		{Name: "home page shelves", Run: request("GET", "/home"),
			Why: "four shelves written down in the source; their number never grows"},
		{Name: "category tree at once", Run: request("GET", "/categories/flat"),
			Why: "one recursive CTE"},
		{Name: "checkout with one insert", Run: request("POST", "/checkout/fast"),
			Why: "all lines go into one INSERT"},
		{Name: "login", Run: request("POST", "/login?email=c5@example.com"),
			Why: "a sequence of different single-row look-ups"},
		{Name: "coupon code drawn again", Run: request("POST", "/coupons"),
			Why: "each further INSERT follows a failed one; it stops at the first success"},
		{Name: "stock before and after", Run: request("POST", "/restock/103"),
			Why: "it is read again because it was written"},
	})
}

func request(method, target string) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		w := httptest.NewRecorder()
		newServer(db).routes().ServeHTTP(w, httptest.NewRequestWithContext(ctx, method, target, nil))
		if w.Code != 200 {
			return fmt.Errorf("%s %s: %d %s", method, target, w.Code, w.Body)
		}
		return nil
	}
}
