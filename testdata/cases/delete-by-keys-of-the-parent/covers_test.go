package covers

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE albums (id text); CREATE TABLE tracks (album_id text); CREATE TABLE covers (album_id text);
INSERT INTO albums SELECT 'album-'||n*7919||'-abcdef' FROM generate_series(1,5) n; INSERT INTO tracks SELECT id FROM albums, generate_series(1,3) n`

func TestDrop(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, DropCovers(nplusgonetest.Test(t), db))
}
