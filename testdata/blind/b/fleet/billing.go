package fleet

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	. "github.com/go-jet/jet/v2/postgres"

	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/table"
)

// Billing charges the operators.
type Billing struct {
	db *sql.DB
}

// CloseMonth charges all the operators. Each is a tenant of its own: its transaction sees only its rows, and one that fails
// does not keep the others from getting their invoices.
func (b *Billing) CloseMonth(ctx context.Context) (failed map[int32]error, err error) {
	var operators []model.Operator
	if err := table.Operator.SELECT(table.Operator.AllColumns).QueryContext(ctx, b.db, &operators); err != nil {
		return nil, err
	}
	failed = map[int32]error{}
	for _, op := range operators {
		if err := b.closeOne(ctx, op.ID); err != nil {
			failed[op.ID] = err
		}
	}
	return failed, nil
}

func (b *Billing) closeOne(ctx context.Context, operator int32) error {
	tx, err := b.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelSerializable})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "SELECT set_config('app.tenant', $1, true)", strconv.Itoa(int(operator))); err != nil {
		return err
	}
	var sum struct{ Km int64 }
	err = SELECT(SUM(table.Trip.Km).AS("km")).FROM(table.Trip).
		WHERE(table.Trip.OperatorID.EQ(Int32(operator))).
		QueryContext(ctx, tx, &sum)
	if err != nil {
		return err
	}
	_, err = table.Invoice.INSERT(table.Invoice.OperatorID, table.Invoice.Km).VALUES(operator, sum.Km).ExecContext(ctx, tx)
	if err != nil {
		return err
	}
	return tx.Commit()
}

var regions = []string{"_north", "_south", "_east", "_west"}

// Totals adds up the regions; each has a table of its own.
func (b *Billing) Totals(ctx context.Context) (map[string]int64, error) {
	out := map[string]int64{}
	for _, region := range regions {
		t := table.Trip.WithSuffix(region)
		var sum struct{ Km int64 }
		if err := SELECT(SUM(t.Km).AS("km")).FROM(t).QueryContext(ctx, b.db, &sum); err != nil {
			return nil, err
		}
		out[region[1:]] = sum.Km
	}
	return out, nil
}

// Papers are the numbers of what a driver has to carry.
type Papers struct {
	Waybill, Manifest, Receipt int64
	Printed, Signed, Left      time.Time
}

func (b *Billing) number(ctx context.Context) (n int64, err error) {
	err = b.db.QueryRowContext(ctx, "SELECT nextval('paper_no')").Scan(&n)
	return n, err
}

func (b *Billing) clock(ctx context.Context) (t time.Time, err error) {
	err = b.db.QueryRowContext(ctx, "SELECT clock_timestamp()").Scan(&t)
	return t, err
}

// Issue makes the papers for one trip; the times are those of the database.
func (b *Billing) Issue(ctx context.Context) (p Papers, err error) {
	for _, into := range []*int64{&p.Waybill, &p.Manifest, &p.Receipt} {
		if *into, err = b.number(ctx); err != nil {
			return p, err
		}
	}
	if p.Printed, err = b.clock(ctx); err != nil {
		return p, err
	}
	if p.Signed, err = b.clock(ctx); err != nil {
		return p, err
	}
	p.Left, err = b.clock(ctx)
	return p, err
}
