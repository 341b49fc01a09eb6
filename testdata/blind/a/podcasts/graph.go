package podcasts

import (
	"context"
	"fmt"
)

// Resolver fills one field of a node.
type Resolver func(ctx context.Context, parent any) (any, error)

// Field is a field that a client asks for.
type Field struct {
	Name string
	Sub  []Field
}

// Executor answers graph queries.
type Executor struct {
	resolvers map[string]Resolver
}

func (x *Executor) object(ctx context.Context, parent any, fields []Field) (map[string]any, error) {
	out := map[string]any{}
	for _, f := range fields {
		v, err := x.resolvers[f.Name](ctx, parent)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if list, ok := v.([]any); ok && f.Sub != nil {
			if v, err = x.list(ctx, list, f.Sub); err != nil {
				return nil, err
			}
		}
		out[f.Name] = v
	}
	return out, nil
}

func (x *Executor) list(ctx context.Context, nodes []any, fields []Field) ([]any, error) {
	out := make([]any, len(nodes))
	for i, n := range nodes { // want loop: n-plus-one
		o, err := x.object(ctx, n, fields)
		if err != nil {
			return nil, err
		}
		out[i] = o
	}
	return out, nil
}

func (c *Catalog) executor() *Executor {
	return &Executor{map[string]Resolver{
		"shows": func(ctx context.Context, _ any) (any, error) {
			shows, err := c.Shows(ctx)
			return anys(shows), err
		},
		"title": func(_ context.Context, parent any) (any, error) {
			return parent.(*Show).Title, nil
		},
		"episodes": func(ctx context.Context, parent any) (any, error) {
			var list []*Episode
			err := c.db.WithContext(ctx).Find(&list, "show_key = ?", parent.(*Show).Key).Error
			return anys(list), err
		},
		"plays": func(_ context.Context, parent any) (any, error) {
			return parent.(*Episode).Plays, nil
		},
	}}
}

func anys[T any](list []T) []any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		out = append(out, v)
	}
	return out
}
