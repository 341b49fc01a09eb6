package typed

import (
	"context"
	"database/sql"
	"testing"

	"github.com/google/uuid"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"example.com/cases/casetest"
)

func some() (keys []uuid.UUID) {
	for i := range 5 {
		k := uuid.MustParse("00000000-0000-4000-8000-000000000000")
		k[15] = byte(i + 1)
		keys = append(keys, k)
	}
	return
}

func write(f func(context.Context, *sql.DB, []uuid.UUID) error) func(context.Context, *sql.DB) (int, error) {
	return func(ctx context.Context, db *sql.DB) (int, error) { return 0, f(ctx, db, some()) }
}
func TestDeletes(t *testing.T) {
	check(t, write(Deletes), 0)
}

func TestUpdates(t *testing.T) {
	check(t, write(Updates), 0)
}

func TestInserts(t *testing.T) {
	check(t, write(Inserts), 0)
}

func TestSame(t *testing.T) {
	check(t, func(ctx context.Context, db *sql.DB) (int, error) { return Same(ctx, db, some()[0], 5) }, 5)
}
func TestGORM(t *testing.T) {
	db := casetest.Postgres(t, schema)
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: db}), &gorm.Config{})
	casetest.Must(t, err)
	if n, err := OnGORM(g.WithContext(nplusgonetest.Test(t))); err != nil || n != 6 {
		t.Fatal("case broken:", n, err)
	}
}
