// Package chain uses a middleware twice that loads the account. The loop of the router calls both. That is a
// duplicate-query. A middleware that is used once is not reported.
package chain

import (
	"database/sql"
	"net/http"

	"example.org/router"
)

func account(db *sql.DB) router.Handler {
	return func(c *router.Context) {
		var name string
		if err := db.QueryRowContext(c.Request.Context(), `SELECT name FROM accounts WHERE id = ?`, 1).Scan(&name); err != nil {
			http.Error(c.Writer, err.Error(), 500)
			return
		}
		c.Set("account", name)
	}
}

func Routes(db *sql.DB, times int) http.Handler {
	r := &router.Router{}
	for range times {
		r.Use(account(db))
	}
	r.GET("/x", func(c *router.Context) { c.Writer.Write([]byte(c.Get("account").(string))) })
	return r
}
