// Package suite_test is copied into the test packages of pgx. It is the seam through which pgx's own tests run bare or watched:
// one binary does both, so that only nplusgonepgx can make a difference.
package suite_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonepgx"
)

func TestMain(m *testing.M) {
	w, err := nplusgone.New()
	suiteMust(err)
	// The goroutines of the tests inherit the scope, so that every statement is recorded.
	_, end := w.Begin(context.Background(), "suite")
	if os.Getenv("SUITE_WRAPPED") == "1" {
		pgx.SuiteHook = func(c *pgx.ConnConfig) { suiteMust(nplusgonepgx.Watch(c)) }
	}
	code := m.Run()
	end()
	observed := 0
	for _, s := range w.Report().Profile.Scopes {
		observed += s.Statements
		fmt.Printf("\nnot kept: %s, not read: %v\n", s.Shed, s.UnreadTypes)
	}
	fmt.Printf("\nobserved %d statements\n", observed) // a run without this line broke off
	os.Exit(code)
}

func suiteMust(err error) {
	if err != nil {
		fmt.Println("suite:", err)
		os.Exit(2)
	}
}
