package imports

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE networks (cidr text); CREATE TABLE texts (path text, body text); CREATE TABLE posts (title text); CREATE TABLE sizes (n int); CREATE TABLE times (at int); CREATE TABLE mails (t text)`

func TestScope(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, Scope(nplusgonetest.Test(t), db, []string{"10.0.0.0/8", "10.1.0.0/16", "192.0.2.0/24", "198.51.100.0/24"}))
}

func TestFiles(t *testing.T) {
	db := casetest.SQLite(t, schema)
	var ps []string
	for _, n := range []string{"a", "b", "c", "d"} {
		p := filepath.Join(t.TempDir(), n)
		casetest.Must(t, os.WriteFile(p, []byte(n), 0o600))
		ps = append(ps, p)
	}
	casetest.Must(t, Files(nplusgonetest.Test(t), db, ps))
}
func TestPosts(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, Posts(nplusgonetest.Test(t), db, [][]byte{[]byte(`{"Title":"a"}`), []byte(`{"Title":"b"}`), []byte(`{"Title":"c"}`), []byte(`{"Title":"d"}`)}))
}

func TestSizes(t *testing.T) {
	db := casetest.SQLite(t, schema)
	ctx := nplusgonetest.Test(t)
	tx, err := db.BeginTx(context.Background(), nil)
	casetest.Must(t, err)
	casetest.Must(t, Sizes(ctx, tx, []string{"a", "bb", "ccc", "dddd"}))
	casetest.Must(t, tx.Commit())
}
func TestTimes(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, Times(nplusgonetest.Test(t), db, []string{"Mon, 02 Jan 2006 15:04:05 GMT", "Tue, 03 Jan 2006 15:04:05 GMT", "Wed, 04 Jan 2006 15:04:05 GMT", "Thu, 05 Jan 2006 15:04:05 GMT"}))
}

func TestMails(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, Mails(nplusgonetest.Test(t), db, &mailer{}, []string{"a", "b", "c", "d"}))
}
