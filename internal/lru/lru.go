// Package lru holds a cache that is bounded by weight.
//
// The cache approximates "least recently used" with the clock algorithm: a read sets one bit of its entry and takes a
// read lock only, so readers do not wait for each other. The cache starts no goroutine.
package lru

// shards is the number of independent parts of a cache, a power of two. Goroutines that use different parts never wait
// for each other.
const shards = 16

// A Cache maps keys to values. When the weight of its entries exceeds the bound, it removes entries that were not read
// since the last removal. It is safe for concurrent use.
type Cache[K comparable, V any] struct {
	hash   func(K) uint64
	weigh  func(K, V) int
	shards [shards]shard[K, V]
}

// New returns an empty cache. maxWeight bounds the sum of weigh over all entries; an entry heavier than a shard's part
// of it (maxWeight/16) is not kept. hash distributes keys over shards and must depend on the key alone. Both functions
// must be safe for concurrent use and must not call the cache.
func New[K comparable, V any](maxWeight int, hash func(K) uint64, weigh func(K, V) int) *Cache[K, V] {
	c := &Cache[K, V]{hash: hash, weigh: weigh}
	for i := range c.shards {
		c.shards[i].entries = make(map[K]*entry[K, V])
		c.shards[i].max = maxWeight / shards
	}
	return c
}

// Get returns the value of a key, and whether the cache has it.
func (c *Cache[K, V]) Get(key K) (V, bool) { return c.shard(key).get(key) }

// Put stores a value. A value stored earlier for the same key is replaced.
func (c *Cache[K, V]) Put(key K, value V) {
	c.shard(key).put(&entry[K, V]{key: key, value: value, weight: c.weigh(key, value)})
}

// Len returns the number of entries.
func (c *Cache[K, V]) Len() int {
	n := 0
	for i := range c.shards {
		s := &c.shards[i]
		s.mu.RLock()
		n += len(s.entries)
		s.mu.RUnlock()
	}
	return n
}

func (c *Cache[K, V]) shard(key K) *shard[K, V] { return &c.shards[c.hash(key)&(shards-1)] }
