package plain

import (
	"fmt"
	"net/http/httptest"
)

func statusErr(rec *httptest.ResponseRecorder) error {
	if rec.Code >= 400 {
		return fmt.Errorf("status %d: %s", rec.Code, rec.Body.String())
	}
	return nil
}
