package files

import (
	"fmt"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE files (id text, name text, kind text)`

func TestSave(t *testing.T) {
	db := casetest.Postgres(t, schema)
	var list []File
	for i := range 5 {
		id := fmt.Sprintf("file-%d-abcdef", i*7919)
		list = append(list, File{id, "n" + id, "text"})
	}
	casetest.Must(t, Save(nplusgonetest.Test(t), db, list))
}
