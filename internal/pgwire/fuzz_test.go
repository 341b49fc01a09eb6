package pgwire

import (
	"strings"
	"testing"
)

// FuzzStream gives a stream any bytes in both directions. It never panics, keeps to its limits, and reads the same
// from bytes that come at once as from bytes that come one by one. The first byte of each part is its direction and length.
func FuzzStream(f *testing.F) {
	for _, tc := range conversations {
		var seed []byte
		for _, st := range append([]step{startup, welcome}, tc.steps...) {
			for b := st.bytes; len(b) > 0; b = b[min(127, len(b)):] {
				part := b[:min(127, len(b))]
				head := byte(len(part))
				if st.client {
					head |= 0x80
				}
				seed = append(append(seed, head), part...)
			}
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var steps []step
		for len(data) > 0 {
			n := min(int(data[0]&0x7f), len(data)-1)
			steps = append(steps, step{data[0]&0x80 != 0, data[1 : 1+n]})
			data = data[1+n:]
		}
		whole, pieces := play(steps, 1<<20), play(steps, 1)
		if a, b := strings.Join(whole.lines, "\n"), strings.Join(pieces.lines, "\n"); a != b {
			t.Errorf("at once:\n%s\nin pieces:\n%s", a, b)
		}
		if whole.lost > 1 {
			t.Errorf("lost %d times", whole.lost)
		}
	})
}
