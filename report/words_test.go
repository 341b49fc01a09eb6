package report

import "testing"

// Proves how numbers and times are written for a person.
func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1234567: "-1,234,567"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %q, want %q", n, got, want)
		}
	}
	for ms, want := range map[float64]string{
		0: "", -1: "", 0.0004: "< 0.001 ms", 0.004: "0.004 ms", 0.088: "0.088 ms", 0.5: "0.5 ms", 9.999: "10 ms", 12.437: "12.4 ms", 99.96: "100 ms", 100: "100 ms", 999.4: "999 ms",
		999.6: "1 s", 1234: "1.2 s", 120_000: "120 s", 3_600_000: "3,600 s",
	} {
		if got := duration(ms); got != want {
			t.Errorf("duration(%v) = %q, want %q", ms, got, want)
		}
	}
}
