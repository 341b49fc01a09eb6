package nplusgonepgx

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/option"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Watch makes connections with config record their statements. Call it after config has its own tracer, which is called
// before nplusgone is. A config that is watched already gets the new options. A nil config, and an option that is not for
// this function, are errors.
func Watch(config *pgx.ConnConfig, opts ...nplusgone.Option) error {
	return watch("Watch", config, opts)
}

// WatchPool makes the connections of a pool with config record their statements, as Watch does.
func WatchPool(config *pgxpool.Config, opts ...nplusgone.Option) error {
	if config == nil {
		return watch("WatchPool", nil, opts)
	}
	return watch("WatchPool", config.ConnConfig, opts)
}

// Connect connects as [pgx.Connect] does, and records the statements of the connection.
func Connect(ctx context.Context, dsn string, opts ...nplusgone.Option) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	if err := watch("Connect", config, opts); err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, config)
}

// NewPool makes a pool as [pgxpool.New] does, and records the statements of its connections.
func NewPool(ctx context.Context, dsn string, opts ...nplusgone.Option) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	if err := watch("NewPool", config.ConnConfig, opts); err != nil {
		return nil, err
	}
	return pgxpool.NewWithConfig(ctx, config)
}

// WithScope makes statements that have no scope of their own belong to the scope of ctx. It is for the database of one test,
// whose statements run on goroutines that the test has not started:
//
//	ctx := nplusgonetest.Test(t)
//	pool, err := nplusgonepgx.NewPool(ctx, dsn, nplusgonepgx.WithScope(ctx))
//
// It is an option of all functions of this package. A context without a scope is an error.
func WithScope(ctx context.Context) nplusgone.Option {
	return option.New("WithScope", "a function of nplusgonepgx", scopeOption{record.FromContext(ctx)})
}

type scopeOption struct{ scope *record.Scope }

func watch(door string, config *pgx.ConnConfig, opts []nplusgone.Option) error {
	if config == nil {
		return fmt.Errorf("nplusgonepgx: %s: the config is nil", door)
	}
	t := &tracer{database: &record.Database{Dialect: fingerprint.PostgreSQL}}
	noScope := false
	err := option.Apply(door, opts, func(value any) bool {
		o, ok := value.(scopeOption)
		t.observer.Default = o.scope
		noScope = noScope || ok && o.scope == nil
		return ok
	})
	if err == nil && noScope {
		err = errors.New("WithScope: the context has no scope, or it has ended")
	}
	if err != nil {
		return fmt.Errorf("nplusgonepgx: %w", err)
	}
	base := config.Tracer
	if again, ok := base.(*tracer); ok {
		base = again.base.query
	}
	t.base = splitTracer(base)
	config.Tracer = t
	return nil
}
