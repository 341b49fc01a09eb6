package fingerprint

import (
	"hash/maphash"
	"strings"

	"github.com/nplusgone/nplusgone/internal/lru"
)

// MaxCachedText is the length, in bytes, of the longest text that a Cache keeps. Longer ones are read each time.
const MaxCachedText = 8 << 10

// A Cache remembers what Parse found, by dialect and text, up to a bound of memory. It is safe for concurrent use, starts
// no goroutine, and copies the texts it keeps.
type Cache struct {
	recent  recent
	entries *lru.Cache[cacheKey, *cached]
}

type cacheKey struct {
	dialect Dialect
	text    string
}

// NewCache returns a cache that holds about maxBytes of texts and what was found in them.
func NewCache(maxBytes int) *Cache {
	seed := maphash.MakeSeed()
	hash := func(k cacheKey) uint64 { return maphash.String(seed, k.text) }
	return &Cache{newRecent(maxBytes), lru.New(maxBytes, hash, weigh)}
}

// Parse returns what the function Parse returns. The result is shared: it must not be changed.
func (c *Cache) Parse(d Dialect, sql string) *Parsed {
	if len(sql) > MaxCachedText {
		return Parse(d, sql)
	}
	if p := c.recent.get(d, sql); p != nil {
		return p
	}
	if e, ok := c.entries.Get(cacheKey{d, sql}); ok {
		c.recent.put(e) // it has come twice
		return e.parsed
	}
	p := Parse(d, sql)
	sql = strings.Clone(sql)
	c.entries.Put(cacheKey{d, sql}, &cached{d, sql, p})
	return p
}

// weigh estimates the bytes of an entry: its two texts, its facts, and what the cache adds.
func weigh(k cacheKey, e *cached) int {
	const entry, perValue = 1024, 128
	return entry + 2*len(k.text) + len(e.parsed.Text) + perValue*len(e.parsed.Bindings)
}
