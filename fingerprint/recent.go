package fingerprint

import "sync/atomic"

// recent is a small cache of texts that were read more than once. A look-up hashes a few bytes of the text, not all of it.
type recent struct {
	slots []atomic.Pointer[cached] // a power of two
}

// A cached is a text that was read. The text is a copy.
type cached struct {
	dialect Dialect
	text    string
	parsed  *Parsed
}

// longestRecent is the length in bytes of the longest text that is kept.
const longestRecent = 1 << 10

func newRecent(maxBytes int) recent {
	const least, most, each = 16, 1024, 8 << 10
	n := least
	for n < most && n*2*each <= maxBytes {
		n *= 2
	}
	return recent{slots: make([]atomic.Pointer[cached], n)}
}

// pair returns the two slots that a text may be in.
func (r recent) pair(d Dialect, text string) (first, second *atomic.Pointer[cached]) {
	i := sample(text) + uint64(d)
	i &= uint64(len(r.slots) - 1)
	return &r.slots[i], &r.slots[i^1]
}

func (r recent) get(d Dialect, text string) *Parsed {
	if len(text) > longestRecent {
		return nil
	}
	first, second := r.pair(d, text)
	if e := first.Load(); e != nil && e.dialect == d && e.text == text {
		return e.parsed
	}
	if e := second.Load(); e != nil && e.dialect == d && e.text == text {
		return e.parsed
	}
	return nil
}

// put stores a text in its first slot, and moves the text of that slot to the other one.
func (r recent) put(c *cached) {
	if len(c.text) > longestRecent {
		return
	}
	first, second := r.pair(c.dialect, c.text)
	if e := first.Load(); e != nil {
		second.Store(e)
	}
	first.Store(c)
}

// sample returns a hash of the length of a text and some of its bytes.
func sample(text string) uint64 {
	const prime = 0x9E3779B97F4A7C15
	h := uint64(len(text)) * prime
	if len(text) < 8 {
		for i := range len(text) {
			h = (h ^ uint64(text[i])) * prime
		}
		return h ^ h>>32
	}
	last := len(text) - 8
	for _, at := range [...]int{last, last / 2, last / 4, last - last/4, last / 8} {
		h = (h ^ eight(text[at:])) * prime
		h ^= h >> 32
	}
	return h
}

// eight returns the first eight bytes of s as a number. The compiler makes one load of it.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
