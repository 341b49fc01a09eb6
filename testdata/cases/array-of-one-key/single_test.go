package single

import (
	"fmt"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE files (id text, name text, kind text)`

func TestAsk(t *testing.T) {
	db := casetest.Postgres(t, schema)
	var ids []string
	for i := range 5 {
		ids = append(ids, fmt.Sprintf("file-%d-abcdef", i*7919))
	}
	_, err := Ask(nplusgonetest.Test(t), db, ids)
	casetest.Must(t, err)
}
