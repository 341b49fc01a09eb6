package nplusgonezap_test

import (
	"log"
	"net/http"

	"go.uber.org/zap"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonezap"
)

var handler = http.NotFoundHandler() // of a service

// A service that logs with zap.
func ExampleWithZap() {
	logger := zap.Must(zap.NewProduction())
	watch := nplusgone.Middleware(nplusgonezap.WithZap(logger)) // with zap
	log.Fatal(http.ListenAndServe("localhost:8080", watch(handler)))
}
