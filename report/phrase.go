package report

import (
	"strconv"
	"strings"
)

// number writes n with a comma between thousands.
func number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// plural writes n things, for a thing whose plural adds an s.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return number(n) + " " + thing + "s"
}

// duration writes milliseconds with the digits that a person compares by, and seconds from 1,000 of them on. What was
// not measured is "".
func duration(ms float64) string {
	switch {
	case ms <= 0:
		return ""
	case ms < 0.001:
		return "< 0.001 ms"
	case ms < 1:
		return digits(ms, 3) + " ms"
	case ms < 10:
		return digits(ms, 2) + " ms"
	case ms < 100:
		return digits(ms, 1) + " ms"
	case ms < 999.5:
		return digits(ms, 0) + " ms"
	case ms < 99_950:
		return digits(ms/1000, 1) + " s"
	}
	return number(int(ms/1000+0.5)) + " s"
}

// digits writes f with at most so many decimals.
func digits(f float64, decimals int) string {
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// list joins the parts that say something.
func list(sep string, parts ...string) string {
	said := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, sep)
}
