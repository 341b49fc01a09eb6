// Package pgxstd holds programs that reach PostgreSQL by the database/sql driver of pgx.
package pgxstd

import (
	"fmt"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

// Sink keeps the results of the programs.
var Sink any

// Cases returns the programs of this layer.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		filmStars,
		accountStatement,
		arcadeCoins,
		turnstileNumber,
		openTenders,
		inboxBadge,
		volcanoStream,
		clinicRoles,
		basketAdd,
		labUpload,
		greenhouseMove,
	}
}

func statusErr(rec *httptest.ResponseRecorder) error {
	if rec.Code >= 400 {
		return fmt.Errorf("status %d: %s", rec.Code, rec.Body.String())
	}
	return nil
}
