package shop

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

func open(t *testing.T) *Store {
	t.Helper()
	db, err := nplusgone.Open("sqlite3", filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	schema, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	nplusgone.Ignore(t.Context(), func(ctx context.Context) {
		if _, err := db.ExecContext(ctx, string(schema)); err != nil {
			t.Fatal(err)
		}
	})
	return &Store{db}
}

func TestFeed(t *testing.T) {
	store := open(t)
	names, err := store.Feed(nplusgonetest.Test(t))
	if err != nil || len(names) != 5 {
		t.Errorf("%d names and error %v, want 5", len(names), err)
	}
}

func TestCatalogue(t *testing.T) {
	store := open(t)
	products, err := store.Catalogue(nplusgonetest.Test(t))
	if err != nil || len(products) != 4 {
		t.Errorf("%d products and error %v, want 4", len(products), err)
	}
}
