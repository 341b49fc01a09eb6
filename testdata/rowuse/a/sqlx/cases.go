// Package sqlx holds programs that use github.com/jmoiron/sqlx.
package sqlx

import (
	"database/sql"
	"fmt"
	"net/http/httptest"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

// Sink keeps the results of the programs.
var Sink any

// Cases returns the programs of this layer.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		productRetire,
		accountSignup,
		tripExpenses,
		invoiceShow,
		podcastDirectory,
		museumCatalogue,
		orderAddresses,
		ticketConcert,
		crewDuty,
		loanBoard,
		menuLoad,
	}
}

func wrap(db *sql.DB) *sqlx.DB { return sqlx.NewDb(db, "sqlite3") }

func statusErr(rec *httptest.ResponseRecorder) error {
	if rec.Code >= 400 {
		return fmt.Errorf("status %d: %s", rec.Code, rec.Body.String())
	}
	return nil
}
