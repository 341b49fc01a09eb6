package codes

import (
	"fmt"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE tickets (code text, mail text)`

func mails() (out []string) {
	for i := range 8 {
		out = append(out, fmt.Sprintf("guest-%d@example.org", i*7919))
	}
	return out
}

func TestReturn(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, Issue(nplusgonetest.Test(t), db, mails(), freeReturn))
}

func TestBreak(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, Issue(nplusgonetest.Test(t), db, mails(), freeBreak))
}
