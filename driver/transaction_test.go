package driver_test

import (
	"context"
	"io"
	"slices"
	"testing"

	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Proves that a text which ends a transaction does so without a scope as well.
func TestATransactionInPlainTextEndsUnwatched(t *testing.T) {
	obs := &txObserver{}
	db := open(t, fakebase.New(modern), false, obs)
	ctx, scope := scoped(t)
	var ignoring context.Context
	record.Ignore(ctx, func(ctx context.Context) { ignoring = ctx })
	for _, run := range []struct {
		ctx  context.Context
		text string
		tx   *record.Scope
	}{
		{ctx, "BEGIN", nil},
		{t.Context(), plain, scope.Scope},
		{ignoring, "COMMIT", scope.Scope},
		{t.Context(), plain, nil},
	} {
		if _, err := db.ExecContext(run.ctx, run.text); err != nil {
			t.Fatal(err)
		}
		if obs.tx != run.tx {
			t.Errorf("%s ran in the transaction of scope %p, want %p", run.text, obs.tx, run.tx)
		}
	}
}

// A txObserver records the scope of the latest statement's transaction.
type txObserver struct {
	record.Observer
	tx *record.Scope
}

func (o *txObserver) Scope(ctx context.Context, tx *record.Scope) *record.Scope {
	o.tx = tx
	return o.Observer.Scope(ctx, tx)
}

// Proves that a statement's columns are those of its first result set, even if only the second has rows.
func TestALaterSetDoesNotNameTheColumns(t *testing.T) {
	base := fakebase.New(modern)
	db := withUs(t, base)
	ctx, scope := scoped(t)
	base.Arm(fakebase.Next, fakebase.Outcome{Err: io.EOF}) // the first time
	for range 2 {
		rows, err := db.QueryContext(ctx, selectAll)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
		}
		for rows.NextResultSet() {
			for rows.Next() {
			}
		}
		_ = rows.Close()
	}
	frozen, _ := scope.Scope.End()
	if len(frozen.Groups) != 1 {
		t.Fatalf("%d groups, want 1", len(frozen.Groups))
	}
	results := frozen.Groups[0].Results
	want := []string{"id", "title", "body", "price", "live", "made", "nothing"}
	if !slices.Equal(results.Names, want) || int(results.Rows) != base.Rows {
		t.Errorf("%d rows of columns %q are kept, want %d of %q", results.Rows, results.Names, base.Rows, want)
	}
}
