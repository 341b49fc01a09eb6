package polling

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE jobs (id text, state text)`

func TestStart(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	begun := make(chan struct{})
	close(begun)
	s.Start(begun)
}
