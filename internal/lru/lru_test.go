package lru_test

import (
	"hash/maphash"
	"strconv"
	"sync"
	"testing"

	"github.com/nplusgone/nplusgone/internal/lru"
)

var seed = maphash.MakeSeed()

// newCache returns a cache of strings, each as heavy as its value says.
func newCache(maxWeight int) *lru.Cache[string, int] {
	return lru.New(maxWeight, func(k string) uint64 { return maphash.String(seed, k) }, func(_ string, weight int) int { return weight })
}

// Proves that a value is found until it is replaced, and that the weight of a replaced one is free again.
func TestGetReturnsTheLatestValue(t *testing.T) {
	c := newCache(160)
	if _, ok := c.Get("a"); ok {
		t.Error("an empty cache has a value")
	}
	for weight := range 10 {
		c.Put("a", weight)
		if got, ok := c.Get("a"); !ok || got != weight {
			t.Errorf("got %d, %v; want %d", got, ok, weight)
		}
	}
	if c.Len() != 1 {
		t.Errorf("%d entries, want 1", c.Len())
	}
}

// Proves that the sum of the weights stays within the bound, and that the cache is filled up to it.
func TestWeightIsBounded(t *testing.T) {
	const bound, weight = 16 * 100, 10
	c := newCache(bound)
	for i := range 10_000 {
		c.Put(strconv.Itoa(i), weight)
		if n := c.Len(); n > bound/weight {
			t.Fatalf("%d entries of weight %d, the bound is %d", n, weight, bound)
		}
	}
	if n := c.Len(); n != bound/weight {
		t.Errorf("%d entries are kept, want %d", n, bound/weight)
	}
	c.Put("too heavy", bound)
	if _, ok := c.Get("too heavy"); ok {
		t.Error("an entry heavier than a shard is kept")
	}
}

// Proves that entries which are read outlive a stream of entries that are not.
func TestEntriesThatAreReadStay(t *testing.T) {
	c := newCache(16 * 100)
	c.Put("read", 1)
	for i := range 10_000 {
		if _, ok := c.Get("read"); !ok {
			t.Fatalf("the entry is gone after %d others", i)
		}
		c.Put(strconv.Itoa(i), 10)
	}
}

// Proves, under the race detector, that goroutines may share a cache.
func TestConcurrentUse(t *testing.T) {
	c := newCache(16 * 20)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 5000 {
				key := strconv.Itoa((g + i) % 500)
				want := len(key)
				if got, ok := c.Get(key); ok && got != want {
					t.Errorf("%q has value %d, want %d", key, got, want)
				}
				c.Put(key, want)
			}
		})
	}
	wg.Wait()
}
