package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
)

// A size is the memory that scopes need, in bytes.
type size struct {
	Scope  string `json:"scope"`
	Bytes  int64  `json:"bytes"`
	Budget int64  `json:"budget"`
}

func (s size) missed() bool { return s.Bytes > s.Budget }

// scopeSizes measures on the no-op driver, which allocates nothing that a scope could keep.
func scopeSizes() (sizes []size, err error) {
	bare, err := newClient(bases[0], subjects[0])
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, bare.close()) }()
	c, err := newClient(bases[0], subjectNamed(watched))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()

	unwatched, err := requestBytes(bare)
	if err != nil {
		return nil, err
	}
	request, err := requestBytes(c)
	if err != nil {
		return nil, err
	}
	held, err := heldBytes(c)
	return []size{
		{"begin, 5 statements, end", request - unwatched, 4 << 10},
		{"1,000,000 statements of 10,000 texts", held, 16 << 20},
	}, err
}

// requestBytes returns the bytes that a request with five statements from five call sites allocates, its scope included.
func requestBytes(c *client) (int64, error) {
	const requests, statements = 500, 5
	var failed error
	request := func() {
		ctx, end := c.begin()
		defer end()
		id := int64(firstID)
		call(func() {
			failed = errors.Join(failed, queryOne(ctx, c, id))
			id++
		}, statements, 19)
	}
	request() // fills caches
	before := allocated()
	for range requests {
		request()
	}
	return (allocated() - before) / requests, failed
}

// heldBytes returns the bytes that a scope holds after a million statements. An earlier scope fills the cache of texts, which
// belongs to the process.
func heldBytes(c *client) (bytes int64, err error) {
	texts := make([]string, 10_000)
	for i := range texts {
		texts[i] = fmt.Sprintf("SELECT id, name, note, score FROM items_%d WHERE id = ?", i)
	}
	ctx, end := c.begin()
	err = repeat(ctx, c, texts, len(texts))
	end()
	if err != nil {
		return 0, err
	}
	before := inUse()
	ctx, end = c.begin()
	defer end()
	err = repeat(ctx, c, texts, 1_000_000)
	return inUse() - before, err
}

func repeat(ctx context.Context, c *client, texts []string, times int) error {
	for i := range times {
		if err := c.scan(c.db.QueryContext(ctx, texts[i%len(texts)], int64(firstID+i%tableRows))); err != nil {
			return err
		}
	}
	return nil
}

func allocated() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.TotalAlloc)
}

// inUse collects garbage twice, because a sync.Pool keeps its values for one collection.
func inUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
