package nplusgonepgx_test

import (
	"context"
	"log"

	"github.com/nplusgone/nplusgone/nplusgonepgx"
)

// A service that uses pgx's own pool.
func ExampleNewPool() {
	ctx, dsn := context.Background(), "postgres://localhost/blog"
	pool, err := nplusgonepgx.NewPool(ctx, dsn) // was pgxpool.New(ctx, dsn)
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
}
