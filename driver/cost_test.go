package driver_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/internal/record"
)

func at20Frames(n int, do func()) {
	if n == 0 {
		do()
		return
	}
	at20Frames(n-1, do)
}

func BenchmarkExec(b *testing.B) {
	for _, subject := range []string{"bare", "unscoped", "scoped"} {
		b.Run(subject, func(b *testing.B) {
			bench(b, subject, func(ctx context.Context, db *sql.DB) {
				if _, err := db.ExecContext(ctx, "UPDATE posts SET title = ? WHERE id = ?", "x", 1); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

func BenchmarkQueryOneRow(b *testing.B) {
	for _, subject := range []string{"bare", "unscoped", "scoped"} {
		b.Run(subject, func(b *testing.B) {
			bench(b, subject, func(ctx context.Context, db *sql.DB) {
				var id int64
				if err := db.QueryRowContext(ctx, "SELECT id FROM posts WHERE id = ?", 1).Scan(&id); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

func bench(b *testing.B, subject string, do func(context.Context, *sql.DB)) {
	base := &fakeConnector{fakeDriver: &fakeDriver{modern: true}}
	db := sql.OpenDB(base)
	ctx := context.Background()
	if subject != "bare" {
		db = openBench(b, base)
	}
	d, err := detector.New()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	at20Frames(20, func() {
		for i := 0; b.Loop(); i++ {
			if subject == "scoped" && i%1000 == 0 {
				ctx, _ = d.Begin(context.Background(), "bench")
			}
			do(ctx, db)
		}
	})
}

func openBench(b *testing.B, base *fakeConnector) *sql.DB {
	b.Helper()
	db, err := driver.OpenDB(base, record.Observer{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}
