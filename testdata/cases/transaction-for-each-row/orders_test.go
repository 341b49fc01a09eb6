package orders

import (
	"fmt"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE orders (id bigserial, name text); CREATE TABLE lines (order_id bigint, note text); CREATE TABLE drafts (order_id bigint); SELECT setval('orders_id_seq', 73000001)`

func mails() (out []string) {
	for i := range 8 {
		out = append(out, fmt.Sprintf("guest-%d@example.org", i*7919))
	}
	return out
}

func TestOrders(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, Orders(nplusgonetest.Test(t), db, mails()))
}

func TestOrdersFreely(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, OrdersFreely(nplusgonetest.Test(t), db, mails()))
}
