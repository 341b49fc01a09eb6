// Package gojet holds programs that use github.com/go-jet/jet with its generated tables.
package gojet

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
		cocktailPrices,
		satelliteTable,
		stationWatch,
		bucketSweep,
		lostItems,
		quotesFeed,
		supplierBlock,
		mailNext,
		bookmarkRemove,
		attachmentRemove,
		theatreSeats,
	}
}

func statusErr(rec *httptest.ResponseRecorder) error {
	if rec.Code >= 400 {
		return fmt.Errorf("status %d: %s", rec.Code, rec.Body.String())
	}
	return nil
}
