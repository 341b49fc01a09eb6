package shop

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

func init() {
	for _, name := range []string{"sqlite3", "pgx", "postgres", "mysql"} {
		register(name)
	}
}

const schema = `CREATE TABLE posts (id bigint primary key); CREATE TABLE comments (post_id bigint, state varchar(9), body varchar(99));
INSERT INTO posts VALUES (73000001), (73000018), (73000043), (73000044), (73000071); INSERT INTO comments VALUES (73000001, 'x', 'a'), (73000043, 'x', 'b')`

func list(t *testing.T, wrapper, driver, query string) {
	db, err := nplusgone.Open(wrapper+driver, casetest.DSN(t, driver, schema))
	casetest.Must(t, err)
	defer db.Close()
	_, err = List(nplusgonetest.Test(t), db, query)
	casetest.Must(t, err)
}

func TestEmbedded(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { list(t, "embedded-", "sqlite3", doubled) })
	t.Run("pgx", func(t *testing.T) { list(t, "embedded-", "pgx", doubled) })
	t.Run("pq", func(t *testing.T) { list(t, "embedded-", "postgres", doubled) })
	t.Run("mariadb", func(t *testing.T) { list(t, "embedded-", "mysql", ticked) })
}

func TestHidden(t *testing.T) {
	t.Run("pgx", func(t *testing.T) { list(t, "hidden-", "pgx", doubled) })
	t.Run("mariadb", func(t *testing.T) { list(t, "hidden-", "mysql", ticked) })
}

func TestClosed(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { list(t, "closed-", "sqlite3", doubled) })
	t.Run("pgx", func(t *testing.T) { list(t, "closed-", "pgx", doubled) })
	t.Run("pq", func(t *testing.T) { list(t, "closed-", "postgres", doubled) })
	t.Run("mariadb", func(t *testing.T) { list(t, "closed-", "mysql", ticked) })
}
