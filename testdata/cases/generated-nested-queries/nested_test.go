package nested

import (
	"fmt"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE items (id text, kind text, crate text); CREATE TABLE kinds (id text, title text); CREATE TABLE crates (id text, kind text);
INSERT INTO items SELECT 'item-'||n*7919||'-xyz', 'kind-'||n*31337||'-xyz', 'crate-'||n*104729||'-xyz' FROM generate_series(1,6) n;
INSERT INTO crates SELECT crate, kind||'b' FROM items; INSERT INTO kinds SELECT kind, 't' FROM items; INSERT INTO kinds SELECT kind, 't' FROM crates`

func show(t *testing.T, n int) {
	db := casetest.Postgres(t, schema)
	var ids []string
	for i := range n {
		ids = append(ids, fmt.Sprintf("item-%d-xyz", (i+1)*7919))
	}
	casetest.Must(t, Show(nplusgonetest.Test(t), db, ids))
}

func TestOne(t *testing.T) { show(t, 1) }

func TestThree(t *testing.T) { show(t, 3) }

func TestMany(t *testing.T) { show(t, 6) }
