package fingerprint

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestCacheAnswersAsParse(t *testing.T) {
	c := NewCache(1 << 20)
	for _, text := range ormTexts {
		want := Parse(text.d, text.text)
		first, second, third := c.Parse(text.d, text.text), c.Parse(text.d, text.text), c.Parse(text.d, text.text)
		if first.ID != want.ID || first != second || first != third {
			t.Errorf("%s is read again, or has another result", text.text)
		}
		if c.recent.get(text.d, text.text) != first {
			t.Errorf("%s has come three times, and is not among the recent ones", text.text)
		}
	}
	// The cache distinguishes dialects.
	const text = `SELECT a FROM t WHERE b = "c"`
	if my, pg := c.Parse(MySQL, text), c.Parse(PostgreSQL, text); my.ID == pg.ID {
		t.Errorf("both dialects read %s", my.Text)
	}
}

// TestRecentTextsAreTheirOwn reads more texts than recent has slots, short ones among them: each has its own result.
func TestRecentTextsAreTheirOwn(t *testing.T) {
	c := NewCache(1 << 20)
	for range 3 {
		for i := range 3000 {
			for _, text := range []string{fmt.Sprint(i), fmt.Sprintf("SELECT a FROM t%d WHERE b = ? AND c = ?", i)} {
				if got, want := c.Parse(SQLite, text).Text, Parse(SQLite, text).Text; got != want {
					t.Fatalf("%s is %s, want %s", text, got, want)
				}
			}
		}
	}
	for _, text := range []string{"", ";", "a"} {
		if c.Parse(MySQL, text).ID != Parse(MySQL, text).ID {
			t.Errorf("%q is another one", text)
		}
	}
}

func TestCacheHitsDoNotAllocate(t *testing.T) {
	c := NewCache(1 << 20)
	text := ormTexts[0]
	c.Parse(text.d, text.text)
	if n := testing.AllocsPerRun(1000, func() { c.Parse(text.d, text.text) }); n != 0 {
		t.Errorf("a hit allocates %v times", n)
	}
}

func TestCacheKeepsNoLongTexts(t *testing.T) {
	c := NewCache(1 << 20)
	long := "SELECT a FROM t WHERE x = '" + strings.Repeat("y", MaxCachedText) + "'"
	if first, second := c.Parse(MySQL, long), c.Parse(MySQL, long); first == second {
		t.Error("a text above MaxCachedText is kept")
	}
}

// TestCacheCopiesWhatItKeeps reads a part of a long text: the cache holds a copy.
func TestCacheCopiesWhatItKeeps(t *testing.T) {
	c := NewCache(1 << 20)
	p := c.Parse(SQLite, "SELECT a FROM t WHERE x = :name")
	if got := p.Bindings[0].Name; got != "name" {
		t.Fatalf("the name is %q", got)
	}
	big := strings.Repeat("x", 1<<20) + "SELECT a FROM t WHERE y = :name"
	text := big[1<<20:]
	p = c.Parse(SQLite, text)
	if p == nil || c.Parse(SQLite, strings.Clone(text)) != p {
		t.Error("an equal text is not found")
	}
}

func TestCacheIsBounded(t *testing.T) {
	if testing.Short() || !measured {
		t.Skip("reads 50,000 texts")
	}
	const bound = 1 << 20
	c := NewCache(bound)
	before := heap()
	for i := range 50_000 {
		c.Parse(MySQL, fmt.Sprintf("SELECT a, b, c FROM posts WHERE id = %d AND kind = 'a kind of post'", i))
	}
	if grown := heap() - before; grown > 4*bound {
		t.Errorf("a stream of new texts leaves %d bytes in a cache of %d", grown, bound)
	}
	if n := c.entries.Len(); n == 0 || n > bound/1024 {
		t.Errorf("the cache holds %d entries", n)
	}
	runtime.KeepAlive(c)
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestCacheLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	c := NewCache(16 << 10)
	for i := range 5000 {
		c.Parse(SQLite, fmt.Sprintf("SELECT a FROM t WHERE b = %d", i%700))
	}
	after := runtime.NumGoroutine()
	for i := 0; after > before && i < 100; i++ { // goroutines of other tests may still end
		time.Sleep(time.Millisecond)
		after = runtime.NumGoroutine()
	}
	if after > before {
		stacks := make([]byte, 1<<16)
		t.Errorf("%d goroutines, %d before:\n%s", after, before, stacks[:runtime.Stack(stacks, true)])
	}
	runtime.KeepAlive(c)
}

func TestCacheIsSafeForConcurrentUse(t *testing.T) {
	c := NewCache(64 << 10) // small: it evicts entries
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 2000 {
				text := ormTexts[(g+i)%len(ormTexts)]
				if p := c.Parse(text.d, text.text); p.Text == "" {
					t.Error("no text")
				}
				fresh := fmt.Sprintf("SELECT a FROM t%d WHERE b = %d", g, i)
				if p := c.Parse(SQLite, fresh); p.Facts.Tables[0] != fmt.Sprintf("t%d", g) {
					t.Errorf("%s is read as %s", fresh, p.Text)
				}
			}
		})
	}
	wg.Wait()
}
