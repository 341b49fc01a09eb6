package grown

import (
	"context"
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE nodes (id integer primary key, parent_id int, name text); INSERT INTO nodes VALUES (1,null,'a'),(2,1,'b'),(3,1,'c'),(4,1,'d'),(5,1,'e'),(6,2,'f')`

func check(t *testing.T, f func(context.Context, *sql.DB, int64) ([]string, error)) {
	db := casetest.SQLite(t, schema)
	if got, err := f(nplusgonetest.Test(t), db, 1); err != nil || len(got) < 4 {
		t.Fatal("case broken:", got, err)
	}
}

func more(f func(context.Context, *sql.DB, int64, []int64) ([]string, error)) func(context.Context, *sql.DB, int64) ([]string, error) {
	return func(ctx context.Context, db *sql.DB, root int64) ([]string, error) {
		return f(ctx, db, root, []int64{2, 3, 4, 5})
	}
}

func TestGrown(t *testing.T) {
	check(t, Grown)
}

func TestWatched(t *testing.T) {
	Watch(2, 3, 4, 5)
	check(t, Watched)
}

func TestFilled(t *testing.T) {
	check(t, Filled)
}

func TestMerged(t *testing.T) {
	check(t, more(Merged))
}

func TestInline(t *testing.T) {
	check(t, more(Inline))
}

func TestKeyed(t *testing.T) {
	check(t, more(Keyed))
}

func TestPointer(t *testing.T) {
	check(t, more(Pointer))
}
