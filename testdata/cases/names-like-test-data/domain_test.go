package domain

import (
	"context"
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"example.com/cases/names-like-test-data/factory"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE matches (id integer primary key, home_id int, away_id int); CREATE TABLE teams (id integer primary key, name text);
INSERT INTO teams VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'); INSERT INTO matches VALUES (1,1,2),(2,3,4),(3,2,5),(4,5,1)`

func check(t *testing.T, f func(context.Context, *sql.DB) ([]string, error)) {
	db := casetest.SQLite(t, schema)
	_, err := f(nplusgonetest.Test(t), db)
	casetest.Must(t, err)
}
func TestPlain(t *testing.T) {
	check(t, Plain)
}

func TestFixtures(t *testing.T) {
	check(t, ListFixtures)
}

func TestSeeders(t *testing.T) {
	check(t, SeedersOf)
}

func TestImmigration(t *testing.T) {
	check(t, ImmigrationCases)
}

func TestRanking(t *testing.T) {
	check(t, DoSeedRanking)
}

func TestFactory(t *testing.T) {
	check(t, factory.Plain)
}
