package conditional

import (
	"fmt"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE guests (mail text); CREATE TABLE gone (mail text); CREATE TABLE asked (mail text)`

func mails() (out []string) {
	for i := range 8 {
		out = append(out, fmt.Sprintf("guest-%d@example.org", i*7919))
	}
	return out
}

func TestAddUnlessGone(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, AddUnlessGone(nplusgonetest.Test(t), db, mails()))
}

func TestAddAll(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, AddAll(nplusgonetest.Test(t), db))
}
