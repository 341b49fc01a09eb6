package maps

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

func TestFilled(t *testing.T) {
	db := casetest.SQLite(t, `CREATE TABLE groups (id text primary key, account text, peers text);
INSERT INTO groups WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < 40) SELECT 'g'||i, 'a'||(i%4), CASE WHEN i%5 = 0 THEN 'p'||i ELSE '' END FROM s`)
	g, err := gorm.Open(sqlite.Dialector{Conn: db}, &gorm.Config{Logger: logger.Discard})
	casetest.Must(t, err)
	_, err = Filled(g.WithContext(nplusgonetest.Test(t)), "peers")
	casetest.Must(t, err)
}
