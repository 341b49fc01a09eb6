package graph

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A loader gathers keys until somebody needs a value, and then loads all of them.
type loader[K comparable, V any] struct {
	batch   func(ctx context.Context, keys []K) (map[K]V, error)
	max     int // keys in a batch; 0 is any number
	pending []K
	known   map[K]V
}

func newLoader[K comparable, V any](max int, batch func(context.Context, []K) (map[K]V, error)) *loader[K, V] {
	return &loader[K, V]{batch: batch, max: max, known: map[K]V{}}
}

func (l *loader[K, V]) load(ctx context.Context, key K) thunk {
	if _, ok := l.known[key]; !ok && !slices.Contains(l.pending, key) {
		l.pending = append(l.pending, key)
	}
	return func() (any, error) {
		if len(l.pending) > 0 {
			if err := l.flush(ctx); err != nil {
				return nil, err
			}
		}
		return l.known[key], nil
	}
}

func (l *loader[K, V]) flush(ctx context.Context) error {
	size := l.max
	if size == 0 {
		size = len(l.pending)
	}
	for keys := range slices.Chunk(l.pending, size) {
		found, err := l.batch(ctx, keys)
		if err != nil {
			return err
		}
		for k, v := range found {
			l.known[k] = v
		}
	}
	l.pending = nil
	return nil
}

func (l *loader[K, V]) prime(key K, v V) { l.known[key] = v }

// A window gathers the keys of several goroutines for a moment, and loads them on a goroutine of its own.
type window[K comparable, V any] struct {
	batch func(ctx context.Context, keys []K) (map[K]V, error)
	wait  time.Duration

	mu      sync.Mutex
	current *round[K, V]
}

type round[K comparable, V any] struct {
	keys  []K
	done  chan struct{}
	found map[K]V
	err   error
}

func (w *window[K, V]) load(ctx context.Context, key K) (v V, err error) {
	w.mu.Lock()
	r := w.current
	if r == nil {
		r = &round[K, V]{done: make(chan struct{})}
		w.current = r
		go func() {
			time.Sleep(w.wait)
			w.mu.Lock()
			w.current = nil
			w.mu.Unlock()
			r.found, r.err = w.batch(ctx, r.keys)
			close(r.done)
		}()
	}
	if !slices.Contains(r.keys, key) {
		r.keys = append(r.keys, key)
	}
	w.mu.Unlock()
	<-r.done
	return r.found[key], r.err
}
