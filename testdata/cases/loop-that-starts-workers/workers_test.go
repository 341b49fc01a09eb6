package workers

import (
	"context"
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE shops (code text primary key); CREATE TABLE sales (shop_code text, cents int);
INSERT INTO shops VALUES ('shop-0001'),('shop-0002'),('shop-0003'),('shop-0004'),('shop-0005'),('shop-0006'),('shop-0007'); INSERT INTO sales SELECT code, 100 FROM shops`

func check(t *testing.T, do func(context.Context, *sql.DB, []string, int) *sums) {
	db := casetest.SQLite(t, schema)
	ctx := nplusgonetest.Test(t)
	all, err := keys(ctx, db)
	casetest.Must(t, err)
	if s := do(ctx, db, all, 4); len(s.m) != len(all) {
		t.Fatal("case broken:", s.m)
	}
}

func TestChannel(t *testing.T) { check(t, Channel) }

func TestNamed(t *testing.T) { check(t, Named) }

func TestParts(t *testing.T) { check(t, Parts) }

func TestEach(t *testing.T) { check(t, Each) }

func TestRetried(t *testing.T) { check(t, Retried) }
