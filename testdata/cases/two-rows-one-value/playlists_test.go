package playlists

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE songs (id text, album_id text); CREATE TABLE covers (item_id text, hash text); CREATE TABLE playlists (id text, name text);
INSERT INTO songs VALUES ('song-000001','album-000001'),('song-000002','album-000001'); INSERT INTO covers VALUES ('album-000001','h'),('playlist-000001','g'); INSERT INTO playlists VALUES ('playlist-000001','p')`

func TestPath(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Path("song-000001", "song-000002")
}

func TestPage(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Page("playlist-000001")
}
