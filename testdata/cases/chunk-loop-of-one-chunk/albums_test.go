package albums

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE songs (id text, album_id text); CREATE TABLE albums (id text); CREATE TABLE covers (item_id text, hash text);
INSERT INTO albums VALUES ('album-000001'),('album-000002'),('album-000003'),('album-000004'),('album-000005'); INSERT INTO songs SELECT 'song-of-'||id, id FROM albums; INSERT INTO covers SELECT id, 'h' FROM albums`

func TestSimilar(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Similar()
}
