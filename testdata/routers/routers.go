// Package routers has the code that the README shows for routers, gRPC and test frameworks. Its tests run it. It is a
// module of its own, so that no user depends on these packages.
package routers

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	"google.golang.org/grpc"

	"github.com/nplusgone/nplusgone"
)

func useGin(router *gin.Engine, watcher *nplusgone.Watcher) {
	router.Use(func(c *gin.Context) {
		ctx, end := watcher.Begin(c.Request.Context(), c.Request.Method+" "+c.FullPath())
		defer end()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	})
}

func useEcho(router *echo.Echo, watcher *nplusgone.Watcher) {
	router.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			ctx, end := watcher.Begin(c.Request().Context(), c.Request().Method+" "+c.Path())
			defer end()
			c.SetRequest(c.Request().WithContext(ctx))
			return next(c)
		}
	})
}

func useChi(router chi.Router) {
	router.Use(nplusgone.Middleware(nplusgone.WithScopeName(func(r *http.Request) string {
		return r.Method + " " + chi.RouteContext(r.Context()).RoutePattern()
	})))
}

func useGorilla(router *mux.Router) {
	router.Use(nplusgone.Middleware(nplusgone.WithScopeName(func(r *http.Request) string {
		template, _ := mux.CurrentRoute(r).GetPathTemplate()
		return r.Method + " " + template
	})))
}

func useNested(outer, inner *http.ServeMux, signedIn func(http.Handler) http.Handler, watcher *nplusgone.Watcher) http.Handler {
	outer.Handle("/v1/", signedIn(watcher.Middleware(inner)))
	return watcher.Middleware(outer)
}

func useGRPC(watcher *nplusgone.Watcher) *grpc.Server {
	server := grpc.NewServer(
		grpc.UnaryInterceptor(func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
			ctx, end := watcher.Begin(ctx, info.FullMethod)
			defer end()
			return handle(ctx, req)
		}),
	)
	return server
}
