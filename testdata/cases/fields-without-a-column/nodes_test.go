package nodes

import (
	"io"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users VALUES (1, 'ann');
CREATE TABLE nodes (id INTEGER PRIMARY KEY, name TEXT, user_id INT, tags TEXT, at_hall TEXT, at_rack INT);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) INSERT INTO nodes SELECT i, 'n', 1, '["x"]', 'h', 2 FROM n`

func run(t *testing.T, f func(*gorm.DB, io.Writer) error) {
	db, err := gorm.Open(&sqlite.Dialector{Conn: casetest.SQLite(t, schema)}, &gorm.Config{})
	casetest.Must(t, err)
	nplusgonetest.Test(t)
	casetest.Must(t, f(db, io.Discard))
}

func TestTags(t *testing.T)   { run(t, Tags) }
func TestOwners(t *testing.T) { run(t, Owners) }
func TestHalls(t *testing.T)  { run(t, Halls) }
func TestNumber(t *testing.T) { run(t, Number) }
