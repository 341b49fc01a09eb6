package fingerprint

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// growing has texts of about n bytes that take quadratic time if a part of them is read again for each of its tokens.
var growing = []struct {
	name string
	text func(n int) string
}{
	{"open parentheses", func(n int) string { return strings.Repeat("(", n) }},
	{"nested parentheses", func(n int) string { return strings.Repeat("(", n/2) + "1" + strings.Repeat(")", n/2) }},
	{"nested calls", func(n int) string { return "SELECT a = " + strings.Repeat("f(", n/3) + "?" + strings.Repeat(")", n/3) }},
	{"nested IN lists", func(n int) string { return strings.Repeat("a IN (b,", n/8) }},
	{"nested IN lists of one shape", func(n int) string { return strings.Repeat("IN (1,", n/16) + strings.Repeat("),1", n/16) }},
	{"nested arrays", func(n int) string { return strings.Repeat("ARRAY[", n/7) + strings.Repeat("]", n/7) }},
	{"nested queries", func(n int) string { return strings.Repeat("(SELECT a FROM ", n/15) }},
	{"commas", func(n int) string { return strings.Repeat(",", n) }},
	{"commas in IN", func(n int) string { return "a IN (" + strings.Repeat(",", n) }},
	{"a long IN list", func(n int) string { return "SELECT a FROM t WHERE b IN (" + strings.Repeat("?, ", n/3) + "?)" }},
	{"an IN list of two shapes", func(n int) string { return "SELECT a FROM t WHERE b IN (" + strings.Repeat("1, x, ", n/6) + "?)" }},
	{"many rows", func(n int) string { return "INSERT INTO t VALUES " + strings.Repeat("(1, 'a'), ", n/10) + "(1, 'a')" }},
	{"VALUES again and again", func(n int) string { return strings.Repeat("VALUES (", n/8) }},
	{"a comment", func(n int) string { return "/*" + strings.Repeat("x", n) }},
	{"nested comments", func(n int) string { return strings.Repeat("/*", n/2) }},
	{"half comments", func(n int) string { return strings.Repeat("/* */ /", n/7) }},
	{"line comments", func(n int) string { return strings.Repeat("-- x\n", n/5) }},
	{"executable comments", func(n int) string { return strings.Repeat("/*!5", n/4) }},
	{"a text that never ends", func(n int) string { return "'" + strings.Repeat("x", n) }},
	{"doubled quotes", func(n int) string { return strings.Repeat("''", n/2) }},
	{"double quotes", func(n int) string { return strings.Repeat(`"`, n) }},
	{"double quotes apart", func(n int) string { return strings.Repeat(`" `, n/2) }},
	{"backslashes", func(n int) string { return "'" + strings.Repeat(`\`, n) }},
	{"backquotes", func(n int) string { return strings.Repeat("` ", n/2) }},
	{"open brackets", func(n int) string { return strings.Repeat("[a ", n/3) }},
	{"a long name in brackets", func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("a", n/2) }},
	{"dollars", func(n int) string { return strings.Repeat("$", n) }},
	{"dollar tags", func(n int) string { return strings.Repeat("$a", n/2) }},
	{"dollar tags that never end", func(n int) string { return strings.Repeat("$a$b", n/4) }},
	{"dollars apart", func(n int) string { return strings.Repeat("$a ", n/3) }},
	{"question marks", func(n int) string { return strings.Repeat("?", n) }},
	{"question marks apart", func(n int) string { return "a" + strings.Repeat(" ?", n/2) }},
	{"question marks and comments", func(n int) string { return "a" + strings.Repeat("?/**/ a", n/7) }},
	{"named placeholders", func(n int) string { return strings.Repeat(":a,", n/3) }},
	{"signs", func(n int) string { return strings.Repeat("-", n) + "1" }},
	{"plus signs", func(n int) string { return "SELECT " + strings.Repeat("+", n) }},
	{"operators and signs", func(n int) string { return "SELECT " + strings.Repeat("<+-", n/3) }},
	{"operators", func(n int) string { return strings.Repeat("1+", n/2) + "1" }},
	{"adjacent texts", func(n int) string { return strings.Repeat("'a' ", n/4) }},
	{"dots", func(n int) string { return strings.Repeat("a.", n/2) }},
	{"casts", func(n int) string { return "a" + strings.Repeat("::b", n/3) + " = ?" }},
	{"a number", func(n int) string { return strings.Repeat("9", n) }},
	{"a word", func(n int) string { return strings.Repeat("a", n) }},
	{"statements", func(n int) string { return strings.Repeat("SELECT 1;", n/9) }},
	{"unions", func(n int) string { return "SELECT 1" + strings.Repeat(" UNION SELECT 1", n/15) }},
	{"tables", func(n int) string { return "SELECT 1 FROM a" + strings.Repeat(", b", n/3) }},
	{"conditions", func(n int) string { return "SELECT 1 FROM a WHERE" + strings.Repeat(" a.b = 1 AND", n/12) + " c" }},
	{"common table expressions", func(n int) string {
		return "WITH a AS (SELECT 1)" + strings.Repeat(", a AS (SELECT 1)", n/17) + " SELECT 1"
	}},
	{"character sets", func(n int) string { return strings.Repeat("_utf8 ", n/6) }},
	{"NULs", func(n int) string { return strings.Repeat("\x00", n) }},
	{"bytes that are no UTF-8", func(n int) string { return strings.Repeat("\xff \xc2", n/3) }},
	{"spaces that are not ASCII", func(n int) string { return strings.Repeat("\u00a0", n/2) }},
}

// TestTimeIsLinear reads texts of n and 8n bytes: linear time is 8 times as long, quadratic time 64 times.
func TestTimeIsLinear(t *testing.T) {
	if testing.Short() || !measured {
		t.Skip("measures time")
	}
	const n, times, most = 16 << 10, 8, 24
	for _, g := range growing {
		t.Run(g.name, func(t *testing.T) {
			short, long := g.text(n), g.text(times*n)
			for _, d := range dialects {
				// On a busy machine a run may take longer than it needs, but none takes less: the fastest ones of all attempts are compared.
				whole, part, ratio := time.Hour, time.Hour, 0.0
				for range 20 {
					whole, part = min(whole, fastest(d, long)), min(part, fastest(d, short))
					ratio = float64(whole) / float64(max(part, 20*time.Microsecond))
					if ratio <= most {
						break
					}
				}
				if ratio > most {
					t.Errorf("%s: a text %d times as long takes %.0f times as long", d, times, ratio)
				}
			}
		})
	}
}

func fastest(d Dialect, text string) time.Duration {
	best := time.Hour
	for range 3 {
		begin := time.Now()
		Parse(d, text)
		best = min(best, time.Since(begin))
	}
	return best
}

// TestMemoryIsLinear reads long texts. A Parsed keeps the normal form and facts of a bounded size.
func TestMemoryIsLinear(t *testing.T) {
	if testing.Short() || !measured {
		t.Skip("reads long texts")
	}
	const factor, facts = 16, 1 << 20
	for i, g := range growing {
		d, size := dialects[i%len(dialects)], 2<<20
		if i%10 == 0 {
			size = 10 << 20
		}
		t.Run(g.name, func(t *testing.T) {
			text := g.text(size)
			allocated, kept, p := memory(func() *Parsed { return Parse(d, text) })
			checkSound(t, p)
			if allocated > int64(factor*size) || kept > int64(len(p.Text))+facts {
				t.Errorf("%s: a text of %d bytes allocates %d and keeps %d for %d of normal form", d, len(text), allocated, kept, len(p.Text))
			}
		})
	}
}

// memory returns the bytes that read allocates, and those that its result keeps.
func memory(read func() *Parsed) (allocated, kept int64, p *Parsed) {
	var before, after, then runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	p = read()
	runtime.ReadMemStats(&after)
	runtime.GC()
	runtime.ReadMemStats(&then)
	runtime.KeepAlive(p)
	return int64(after.TotalAlloc - before.TotalAlloc), int64(then.HeapAlloc) - int64(before.HeapAlloc), p
}

func TestDepthIsNoDanger(t *testing.T) {
	if testing.Short() || !measured {
		t.Skip("reads long texts")
	}
	for _, d := range dialects {
		p := Parse(d, "SELECT "+strings.Repeat("(", 100_000)+"1"+strings.Repeat(")", 100_000)+" FROM t")
		if p.Facts.Kind != Select || !p.Partial {
			t.Errorf("%s: kind %s, Partial %v", d, p.Facts.Kind, p.Partial)
		}
		p = Parse(d, "INSERT INTO t (a) VALUES ("+strings.Repeat("1, ", 1_000_000)+"1)")
		if p.Rows != 1 || p.Facts.Kind != Insert {
			t.Errorf("%s: kind %s, %d rows", d, p.Facts.Kind, p.Rows)
		}
		p = Parse(d, "SELECT a FROM t WHERE b IN ("+strings.Repeat("1, ", 1_000_000)+"1)")
		if p.MaxList != 1_000_001 || p.Partial {
			t.Errorf("%s: a list of %d, Partial %v", d, p.MaxList, p.Partial)
		}
	}
}
