package value

import (
	"strconv"
	"strings"
	"testing"
)

func FuzzIntegers(f *testing.F) {
	for _, n := range []int64{0, 1, -1, 42, 1 << 53, 1<<63 - 1, -1 << 63} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		want := Int(n)
		text := strconv.FormatInt(n, 10)
		if Text(text) != want || Bytes([]byte(text)) != want {
			t.Errorf("%d and its text have two hashes", n)
		}
		if x := float64(n); x < 1<<63 && int64(x) == n && Float(x) != want {
			t.Errorf("%d and its float have two hashes", n)
		}
		if n >= 0 && Uint(uint64(n)) != want {
			t.Errorf("%d and its unsigned twin have two hashes", n)
		}
		if want == Null || Int(n+1) == want {
			t.Errorf("the hash of %d is not its own", n)
		}
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "0", "-0", "007", "-9223372036854775808", "8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11", "a\x00b", "\xff"} {
		f.Add(s, s+"x")
		f.Add(s, s+"\x00")
	}
	for n := range 80 { // words of eight bytes overlap: only the length distinguishes these
		f.Add(strings.Repeat("a", n), strings.Repeat("a", n+1))
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if Text(a) != Bytes([]byte(a)) {
			t.Errorf("%q hashes otherwise as bytes", a)
		}
		if Text(a) == Null {
			t.Errorf("%q hashes as NULL", a)
		}
		// A UUID has more than one text, and its bytes are one, too.
		uuid := len(a) == 36 || len(b) == 36
		if a != b && Text(a) == Text(b) && !uuid {
			t.Errorf("%q and %q have one hash", a, b)
		}
	})
}
