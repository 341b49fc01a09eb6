package graph

import (
	"context"
	"fmt"
	"sync"
)

// A field is what a query selects: of which type its value is, and what is selected of that.
type field struct {
	name string
	typ  string
	args map[string]any
	sub  []field
}

// A resolver answers the value of a field of a parent: a value, a list, or a thunk that will know it later.
type resolver func(ctx context.Context, parent any, args map[string]any) (any, error)

type thunk func() (any, error)

type object = map[string]any

type executor struct {
	resolvers map[string]resolver
	parallel  bool
}

func (e *executor) resolve(ctx context.Context, typ string, parent any, f field) (any, error) {
	r, ok := e.resolvers[typ+"."+f.name]
	if !ok {
		return nil, fmt.Errorf("%s has no field %s", typ, f.name)
	}
	return r(ctx, parent, f.args)
}

// level resolves the fields of many objects of one type, one field after the other.
func (e *executor) level(ctx context.Context, typ string, parents []any, fields []field) ([]object, error) {
	out := make([]object, len(parents))
	for i := range out {
		out[i] = object{}
	}
	for _, f := range fields { // want loop: duplicate-query
		values := make([]any, len(parents))
		for i, parent := range parents { // want loop: n-plus-one
			v, err := e.resolve(ctx, typ, parent, f)
			if err != nil {
				return nil, err
			}
			values[i] = v
		}
		var children []any
		for i, v := range values {
			if t, ok := v.(thunk); ok {
				var err error
				if v, err = t(); err != nil {
					return nil, err
				}
				values[i] = v
			}
			if list, ok := v.([]any); ok {
				children = append(children, list...)
			} else {
				children = append(children, v)
			}
		}
		if f.sub == nil {
			for i := range out {
				out[i][f.name] = values[i]
			}
			continue
		}
		objects, err := e.level(ctx, f.typ, children, f.sub)
		if err != nil {
			return nil, err
		}
		for i, v := range values {
			n := 1
			if list, ok := v.([]any); ok {
				n = len(list)
			}
			out[i][f.name], objects = objects[:n], objects[n:]
		}
	}
	return out, nil
}

// deep resolves one object, and whatever it leads to, before the next.
func (e *executor) deep(ctx context.Context, typ string, parent any, fields []field) (object, error) {
	out := object{}
	// A stack cannot tell the loop over fields from the one over items further out: each is right.
	for _, f := range fields { // want loop: n-plus-one
		v, err := e.resolve(ctx, typ, parent, f)
		if err != nil {
			return nil, err
		}
		switch list, isList := v.([]any); {
		case f.sub == nil:
			out[f.name] = v
		case !isList:
			if out[f.name], err = e.deep(ctx, f.typ, v, f.sub); err != nil {
				return nil, err
			}
		case e.parallel:
			if out[f.name], err = e.listParallel(ctx, f, list); err != nil {
				return nil, err
			}
		default:
			if out[f.name], err = e.list(ctx, f, list); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (e *executor) list(ctx context.Context, f field, items []any) ([]object, error) {
	var out []object
	for _, item := range items { // want loop: n-plus-one
		o, err := e.deep(ctx, f.typ, item, f.sub)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

func (e *executor) listParallel(ctx context.Context, f field, items []any) ([]object, error) {
	out := make([]object, len(items))
	errs := make(chan error, len(items))
	var wg sync.WaitGroup
	for i, item := range items { // want loop: n-plus-one
		wg.Add(1)
		go func() {
			defer wg.Done()
			var err error
			if out[i], err = e.deep(ctx, f.typ, item, f.sub); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait()
	close(errs)
	return out, <-errs
}
