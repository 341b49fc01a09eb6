//go:build go1.27

package driver

import (
	"database/sql/driver"
	"reflect"
	"testing"

	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// Proves that each row which the application scanned is recorded once, however many of its columns were read.
func TestScannedRowsAreRecorded(t *testing.T) {
	for name, features := range map[string]fakebase.Feature{"by the base": fakebase.ColumnScanner, "by database/sql": 0} {
		r := observedRows(t, fakebase.New(features))
		r.w.scans = true
		exposed := r.expose().(driver.RowsColumnScanner)
		for i := range 3 {
			if err := exposed.NextRow(); err != nil {
				t.Fatal(err)
			}
			for range i { // no column of the first row
				var id any
				if err := exposed.ScanColumn(driver.ScanContext{}, 0, &id); err != nil {
					t.Fatal(err)
				}
			}
		}
		result := reflect.ValueOf(&r.result).Elem()
		if n := result.FieldByName("scanned").Int(); n != 2 {
			t.Errorf("%s: %d rows are recorded as scanned, want 2", name, n)
		}
	}
}
