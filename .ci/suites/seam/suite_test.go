// Package suite is copied into a driver's module, under that module's package name. It is the seam through which the
// module's own tests run bare or wrapped: one binary does both, so that only the wrapper can make a difference.
package suite

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
)

var suiteWrapped = os.Getenv("SUITE_WRAPPED") == "1"

// suiteScope records every statement: without a scope the driver would record none.
var suiteScope = sync.OnceValue(func() *detector.Scope {
	d, err := detector.New()
	suiteMust(err)
	_, scope := d.Begin(context.Background(), "suite")
	return scope
})

// suiteRegister replaces sql.Register.
func suiteRegister(name string, base sqldriver.Driver) {
	if !suiteWrapped {
		sql.Register(name, base)
		return
	}
	sql.Register("bare "+name, base)
	suiteMust(driver.Register(name, "bare "+name, suiteScope().Observer()))
}

// suiteOpenDB replaces sql.OpenDB.
func suiteOpenDB(base sqldriver.Connector) *sql.DB {
	if !suiteWrapped {
		return sql.OpenDB(base)
	}
	db, err := driver.OpenDB(base, suiteScope().Observer())
	suiteMust(err)
	return db
}

// suiteUnwrap is called before assertions to a driver's concrete types, as the documentation says.
func suiteUnwrap(v any) any { return driver.Unwrap(v) }

func suiteMust(err error) {
	if err != nil {
		fmt.Println("suite:", err)
		os.Exit(2)
	}
}

func TestMain(m *testing.M) {
	tearDown := suiteSetUp()
	code := m.Run()
	tearDown()
	suiteScope().End(context.Background())
	fmt.Printf("\nobserved %d statements\n", suiteScope().Statements()) // a run without this line broke off
	os.Exit(code)
}
