// Package dbx holds programs that use github.com/pocketbase/dbx.
package dbx

import (
	"database/sql"
	"fmt"
	"net/http/httptest"

	"github.com/pocketbase/dbx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

// Sink keeps the results of the programs.
var Sink any

// Cases returns the programs of this layer.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		playlistAdd,
		vaultRotate,
		blogTeaser,
		rateCache,
		yachtLinks,
		listingRetitle,
		shopCategory,
		depotTransfer,
		weddingGuests,
		surveyResult,
		conferenceRooms,
	}
}

func wrap(db *sql.DB) *dbx.DB { return dbx.NewFromDB(db, "sqlite3") }

func statusErr(rec *httptest.ResponseRecorder) error {
	if rec.Code >= 400 {
		return fmt.Errorf("status %d: %s", rec.Code, rec.Body.String())
	}
	return nil
}
