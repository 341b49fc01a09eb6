// Package squirrel holds programs that build their statements with github.com/Masterminds/squirrel.
package squirrel

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
		couponWallet,
		taxiNearest,
		auctionWinner,
		latencyReport,
		teamArchive,
		breweryTap,
		jobBoard,
		farmFields,
		patientLetter,
		parkingPermit,
		priceRaise,
	}
}

func statusErr(rec *httptest.ResponseRecorder) error {
	if rec.Code >= 400 {
		return fmt.Errorf("status %d: %s", rec.Code, rec.Body.String())
	}
	return nil
}
