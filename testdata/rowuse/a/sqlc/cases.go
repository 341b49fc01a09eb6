// Package sqlc holds programs on top of query packages that sqlc makes.
package sqlc

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
		folderTree,
		cookBook,
		agentLoad,
		albumScroll,
		roomRemove,
		raceResults,
		loyaltyEarn,
		bankWithdraw,
		quizCreate,
		fleetTrack,
		teacherCourses,
	}
}

func statusErr(rec *httptest.ResponseRecorder) error {
	if rec.Code >= 400 {
		return fmt.Errorf("status %d: %s", rec.Code, rec.Body.String())
	}
	return nil
}
