package plugins

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE plugin_confs (app_id text, user_id text, module_path text, token text);
INSERT INTO plugin_confs VALUES ('a1','u1','example.org/plugin/one','t1'),('a2','u1','example.org/plugin/two','t2')`

var compiled = []string{"example.org/plugin/one", "example.org/plugin/two"}

func TestTwo(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Start()
	s.Stop(compiled)
}

func TestLoop(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.StartAll()
	s.Stop(compiled)
}
