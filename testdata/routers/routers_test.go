package routers

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
)

func nothing(http.ResponseWriter, *http.Request) {}

// signedIn is a middleware that copies the request.
func signedIn(next http.Handler) http.Handler {
	type key struct{}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(rw, r.WithContext(context.WithValue(r.Context(), key{}, "ann")))
	})
}

// Proves that the scope of a request has the name of its route, with the code that the README shows.
func TestScopesHaveTheNamesOfRoutes(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	watcher, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		handler func() http.Handler
		want    string
	}{
		"gin": {func() http.Handler {
			router := gin.New()
			useGin(router, watcher)
			router.GET("/v1/books/:id", func(*gin.Context) {})
			return router
		}, "GET /v1/books/:id"},
		"echo": {func() http.Handler {
			router := echo.New()
			useEcho(router, watcher)
			router.GET("/v1/books/:id", func(echo.Context) error { return nil })
			return router
		}, "GET /v1/books/:id"},
		"chi": {func() http.Handler {
			router := chi.NewRouter()
			useChi(router)
			router.Route("/v1", func(r chi.Router) { r.Get("/books/{id}", nothing) })
			return router
		}, "GET /v1/books/{id}"},
		"gorilla": {func() http.Handler {
			router := mux.NewRouter()
			useGorilla(router)
			router.PathPrefix("/v1").Subrouter().HandleFunc("/books/{id}", nothing)
			return router
		}, "GET /v1/books/{id}"},
		"a nested ServeMux": {func() http.Handler {
			inner := http.NewServeMux()
			inner.HandleFunc("GET /v1/books/{id}", nothing)
			return useNested(http.NewServeMux(), inner, signedIn, watcher)
		}, "GET /v1/books/{id}"},
	} {
		t.Run(name, func(t *testing.T) {
			h := tt.handler()
			got := scopes(func() { h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/v1/books/7", nil)) })
			if len(got) != 1 || got[0] != tt.want {
				t.Errorf("the scopes are %q, want %q", got, tt.want)
			}
		})
	}
}

// Proves that the scope of a call of gRPC has the name of its method.
func TestScopesHaveTheNamesOfMethods(t *testing.T) {
	watcher, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	server := useGRPC(watcher)
	grpc_health_v1.RegisterHealthServer(server, health.NewServer())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener)
	client, err := grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	got := scopes(func() {
		if _, err := grpc_health_v1.NewHealthClient(client).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{}); err != nil {
			t.Error(err)
		}
		client.Close()
		server.GracefulStop()
	})
	if len(got) != 1 || got[0] != "/grpc.health.v1.Health/Check" {
		t.Errorf("the scopes are %q", got)
	}
}

// scopes returns the names of the scopes that end while fn runs.
func scopes(fn func()) (names []string) {
	stop := detector.Record(func(ran finding.ScopeProfile, _ []finding.Finding) { names = append(names, ran.Name) })
	defer stop()
	fn()
	return names
}
