package stars

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE songs (id text); CREATE TABLE annotations (item_id text, starred int, at int); INSERT INTO songs VALUES ('song-000001'),('song-000002'),('song-000003'),('song-000004'),('song-000005')`

func TestOrdered(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Ordered()
}

func TestMixed(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Mixed()
}
