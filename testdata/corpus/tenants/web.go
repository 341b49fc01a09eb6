package tenants

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"
)

type app struct {
	db *sql.DB

	mu       sync.Mutex
	features map[string]cached
}

type cached struct {
	on    bool
	until time.Time
}

type handler func(ctx context.Context, s store, r *http.Request) (any, error)

type userKey struct{}

// signedIn puts the user of the session into the context.
func (a *app) signedIn(next handler) handler {
	return func(ctx context.Context, s store, r *http.Request) (any, error) {
		var id int64
		err := a.db.QueryRowContext(ctx, `SELECT user_id FROM sessions WHERE token = ? AND tenant_id = ?`, r.Header.Get("Session"), s.tenant).Scan(&id)
		if err != nil {
			return nil, err
		}
		u, err := s.user(ctx, id)
		if err != nil {
			return nil, err
		}
		return next(context.WithValue(ctx, userKey{}, u), s, r)
	}
}

func current(ctx context.Context) user { return ctx.Value(userKey{}).(user) }

// allowed lets those through who have a permission.
func (a *app) allowed(permission string, next handler) handler {
	return func(ctx context.Context, s store, r *http.Request) (any, error) {
		ok, err := s.may(ctx, current(ctx).ID, permission)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, errors.New("forbidden")
		}
		return next(ctx, s, r)
	}
}

func (a *app) serve(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := h(r.Context(), store{a.db, r.PathValue("tenant")}, r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		json.NewEncoder(w).Encode(v)
	})
}

func (a *app) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /{tenant}/profile", a.serve(a.signedIn(profile)))
	mux.Handle("GET /{tenant}/me", a.serve(a.signedIn(me)))
	mux.Handle("GET /{tenant}/board", a.serve(a.signedIn(a.allowed("read", board))))
	mux.Handle("GET /{tenant}/board/joined", a.serve(a.signedIn(a.allowed("read", boardJoined))))
	mux.Handle("GET /{tenant}/search", a.serve(a.signedIn(search)))
	mux.Handle("GET /{tenant}/visible", a.serve(a.signedIn(visible)))
	mux.Handle("GET /{tenant}/limits", a.serve(a.signedIn(limits)))
	mux.Handle("GET /{tenant}/export", a.serve(a.signedIn(a.allowed("read", exportAll))))
	mux.Handle("GET /{tenant}/tabs", a.serve(a.signedIn(tabs)))
	mux.Handle("GET /{tenant}/features", a.serve(a.remembered))
	mux.Handle("POST /{tenant}/invites", a.serve(a.signedIn(a.allowed("invite", invite))))
	mux.Handle("POST /{tenant}/settings", a.serve(a.signedIn(a.allowed("read", a.allowed("write", a.allowed("invite", me))))))
	mux.Handle("POST /{tenant}/reassign", a.serve(a.signedIn(reassign)))
	mux.Handle("POST /{tenant}/offboard", a.serve(a.signedIn(offboard)))
	mux.Handle("POST /{tenant}/calls", a.serve(a.signedIn(countCall)))
	mux.Handle("POST /{tenant}/orders", a.serve(a.signedIn(once)))
	mux.Handle("POST /{tenant}/tasks/{id}", a.serve(a.signedIn(rename)))
	mux.Handle("POST /{tenant}/delegate", a.serve(a.signedIn(delegate)))
	return mux
}

// remembered says which features are on; what it has learned counts for a minute.
func (a *app) remembered(ctx context.Context, s store, _ *http.Request) (any, error) {
	on := map[string]bool{}
	for range 3 { // the page asks in its header, its menu and its body
		for _, name := range []string{"boards", "search"} {
			v, err := a.feature(ctx, s, name)
			if err != nil {
				return nil, err
			}
			on[name] = v
		}
	}
	return on, nil
}

func (a *app) feature(ctx context.Context, s store, name string) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := s.tenant + "/" + name
	if c, ok := a.features[key]; ok && time.Now().Before(c.until) {
		return c.on, nil
	}
	on, err := s.feature(ctx, name)
	if err == nil {
		a.features[key] = cached{on, time.Now().Add(time.Minute)}
	}
	return on, err
}
