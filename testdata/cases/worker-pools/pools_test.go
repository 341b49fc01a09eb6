package pools

import (
	"context"
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE shops (code text primary key); CREATE TABLE sales (shop_code text, cents int); CREATE TABLE visits (shop_code text, n int);
INSERT INTO shops VALUES ('shop-0001'),('shop-0002'),('shop-0003'),('shop-0004'),('shop-0005'),('shop-0006'); INSERT INTO sales SELECT code, 100 FROM shops`

func check(t *testing.T, do func(context.Context, *sql.DB, []string) *sums) {
	db := casetest.SQLite(t, schema)
	ctx := nplusgonetest.Test(t)
	all, err := keys(ctx, db)
	casetest.Must(t, err)
	if s := do(ctx, db, all); len(s.m) != 6 {
		t.Fatal("case broken:", s.m)
	}
}

func TestPond(t *testing.T) {
	check(t, Pond)
}

func TestPondGroup(t *testing.T) {
	check(t, PondGroup)
}

func TestWorker(t *testing.T) {
	check(t, Worker)
}

func TestAnts(t *testing.T) {
	check(t, Ants)
}

func TestAntsFunc(t *testing.T) {
	check(t, AntsFunc)
}

func TestConc(t *testing.T) {
	check(t, Conc)
}

func TestConcIter(t *testing.T) {
	check(t, ConcIter)
}

func TestLo(t *testing.T) {
	check(t, Lo)
}

func TestLoParallel(t *testing.T) {
	check(t, LoParallel)
}

func TestMethod(t *testing.T) {
	check(t, Method)
}

func TestNamed(t *testing.T) {
	check(t, Named)
}

func TestOwn(t *testing.T) {
	check(t, Own)
}

func TestTasks(t *testing.T) {
	check(t, Tasks)
}

func TestSaves(t *testing.T) {
	check(t, Saves)
}

func TestSettings(t *testing.T) {
	check(t, Settings)
}
