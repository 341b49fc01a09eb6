// Package router represents a router that nplusgone does not know. Its handlers are a chain: each may call Next, or return.
package router

import "net/http"

// A Handler is one element of a chain.
type Handler func(c *Context)

// A Context passes a request through a chain.
type Context struct {
	Writer  http.ResponseWriter
	Request *http.Request
	chain   []Handler
	at      int
	values  map[string]any
}

// Next calls the handlers that follow.
func (c *Context) Next() {
	c.at++
	for c.at < len(c.chain) {
		c.chain[c.at](c)
		c.at++
	}
}

// Set stores a value for the handlers that follow.
func (c *Context) Set(key string, value any) {
	if c.values == nil {
		c.values = map[string]any{}
	}
	c.values[key] = value
}

// Get returns the value that Set stored, or nil.
func (c *Context) Get(key string) any { return c.values[key] }

// A Router has one chain for each path.
type Router struct {
	common []Handler
	routes map[string][]Handler
}

// Use adds handlers to all routes that are added later.
func (r *Router) Use(h ...Handler) { r.common = append(r.common, h...) }

// GET adds a route.
func (r *Router) GET(path string, h ...Handler) {
	if r.routes == nil {
		r.routes = map[string][]Handler{}
	}
	r.routes[path] = append(append([]Handler{}, r.common...), h...)
}

// ServeHTTP serves a request.
func (r *Router) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	chain, ok := r.routes[req.URL.Path]
	if !ok {
		http.NotFound(w, req)
		return
	}
	c := &Context{Writer: w, Request: req, chain: chain, at: -1}
	c.Next()
}
