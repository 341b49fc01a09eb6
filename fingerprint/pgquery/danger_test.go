//go:build cgo && linux && !race

package pgquery

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	pg "github.com/pganalyze/pg_query_go/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// dangers are texts that crash libpg_query's process, or take it seconds, where n is large.
var dangers = []struct {
	name string
	text func(n int) string
}{
	{"additions", func(n int) string { return "SELECT 1" + strings.Repeat("+1", n) + " FROM t" }},
	{"additions of columns", func(n int) string { return "SELECT a FROM t WHERE b = a" + strings.Repeat(" + a", n) }},
	{"powers", func(n int) string { return "SELECT a" + strings.Repeat(" ^ a", n) + " FROM t" }},
	{"texts put together", func(n int) string { return "SELECT a" + strings.Repeat(" || 'x'", n) + " FROM t" }},
	{"parentheses", func(n int) string {
		return "SELECT " + strings.Repeat("(", n) + "1" + strings.Repeat(")", n) + " FROM t"
	}},
	{"open parentheses", func(n int) string { return "SELECT " + strings.Repeat("(", n) }},
	{"open parentheses of queries", func(n int) string { return "SELECT " + strings.Repeat("(SELECT ", n) + " FROM t" }},
	{"queries in parentheses", func(n int) string {
		return "SELECT 1 FROM t WHERE a IN " + strings.Repeat("(", n) + "SELECT 1" + strings.Repeat(")", n)
	}},
	{"queries in FROM", func(n int) string {
		return "SELECT 1 FROM " + strings.Repeat("(SELECT 1 FROM ", n) + "t" + strings.Repeat(") x", n)
	}},
	{"queries in conditions", func(n int) string {
		return "SELECT 1 FROM t WHERE a IN" + strings.Repeat(" (SELECT a FROM t WHERE NOT a + 1 IN", n) + " (1)" + strings.Repeat(")", n)
	}},
	{"queries in select lists", func(n int) string {
		return strings.Repeat("SELECT (", n) + "SELECT 1 FROM t" + strings.Repeat(") FROM t", n)
	}},
	{"common table expressions", func(n int) string {
		return strings.Repeat("WITH a AS (", n) + "SELECT 1 FROM t" + strings.Repeat(") SELECT 1 FROM t", n)
	}},
	{"calls", func(n int) string {
		return "SELECT " + strings.Repeat("f(", n) + "1" + strings.Repeat(")", n) + " FROM t"
	}},
	{"calls with conditions", func(n int) string {
		return "SELECT 1 FROM t WHERE " + strings.Repeat("NOT f(a IS NULL, ", n) + "1" + strings.Repeat(")", n)
	}},
	{"casts", func(n int) string { return "SELECT a" + strings.Repeat("::int", n) + " FROM t" }},
	{"casts by name", func(n int) string {
		return "SELECT " + strings.Repeat("CAST(", n) + "1" + strings.Repeat(" AS int)", n) + " FROM t"
	}},
	{"arrays", func(n int) string {
		return "SELECT ARRAY" + strings.Repeat("[", n) + "1" + strings.Repeat("]", n) + " FROM t"
	}},
	{"indexes", func(n int) string {
		return "SELECT " + strings.Repeat("a[", n) + "1" + strings.Repeat("]", n) + " FROM t"
	}},
	{"rows", func(n int) string {
		return "SELECT " + strings.Repeat("ROW(1, ", n) + "1" + strings.Repeat(")", n) + " FROM t"
	}},
	{"negations", func(n int) string { return "SELECT 1 FROM t WHERE" + strings.Repeat(" NOT", n) + " a" }},
	{"signs", func(n int) string { return "SELECT " + strings.Repeat("- ", n) + "a FROM t" }},
	{"runs of operators", func(n int) string { return "SELECT 1 " + strings.Repeat("+-*/<>", n) + " 1 FROM t" }},
	{"runs of one operator", func(n int) string { return "SELECT 1 " + strings.Repeat("@", n) + " 1 FROM t" }},
	{"runs of minus and tilde", func(n int) string { return "SELECT 1 " + strings.Repeat("~-", n) + "1 FROM t" }},
	{"nested comments", func(n int) string { return "SELECT 1 FROM t " + strings.Repeat("/*", n) + strings.Repeat("*/", n) }},
	{"open comments", func(n int) string { return "SELECT 1 FROM t " + strings.Repeat("/*", n) }},
	{"cases", func(n int) string {
		return "SELECT " + strings.Repeat("CASE WHEN a THEN ", n) + "1" + strings.Repeat(" ELSE 2 END", n) + " FROM t"
	}},
	{"cases that go on", func(n int) string {
		return "SELECT " + strings.Repeat("CASE WHEN a THEN 1 ELSE ", n) + "1" + strings.Repeat(" END", n) + " FROM t"
	}},
	{"joins", func(n int) string { return "SELECT 1 FROM t" + strings.Repeat(" JOIN t ON a = a", n) }},
	{"joins in parentheses", func(n int) string {
		return "SELECT 1 FROM " + strings.Repeat("(t CROSS JOIN ", n) + "t" + strings.Repeat(")", n)
	}},
	{"joins that wait", func(n int) string {
		return "SELECT 1 FROM t" + strings.Repeat(" JOIN t", n) + strings.Repeat(" ON a = a", n)
	}},
	{"unions", func(n int) string { return "SELECT 1 FROM t" + strings.Repeat(" UNION SELECT 1 FROM t", n) }},
	{"unions in parentheses", func(n int) string {
		return strings.Repeat("(SELECT 1 FROM t UNION ", n) + "SELECT 1 FROM t" + strings.Repeat(")", n)
	}},
	{"collations", func(n int) string { return "SELECT a" + strings.Repeat(` COLLATE "C"`, n) + " FROM t" }},
	{"time zones", func(n int) string { return "SELECT a" + strings.Repeat(" AT TIME ZONE b", n) + " FROM t" }},
	{"questions", func(n int) string { return "SELECT a" + strings.Repeat(" ISNULL", n) + " FROM t" }},
	{"both sides", func(n int) string {
		return "SELECT 1 FROM t WHERE a = 1" + strings.Repeat(" AND a IN (1, 2) OR b = 1 + 1", n)
	}},
	{"alternatives", func(n int) string { return "SELECT 1 FROM t WHERE a" + strings.Repeat(" OR a", n) }},
	{"names with points", func(n int) string { return "SELECT a" + strings.Repeat(".a", n) + " FROM t" }},
	{"columns", func(n int) string { return "SELECT a" + strings.Repeat(", a", n) + " FROM t" }},
	{"tables", func(n int) string { return "SELECT 1 FROM t" + strings.Repeat(", t", n) }},
	{"windows", func(n int) string {
		return "SELECT " + strings.Repeat("f(1) OVER (ORDER BY ", n) + "a" + strings.Repeat(")", n) + " FROM t"
	}},
	{"updates", func(n int) string { return "UPDATE t SET " + strings.Repeat("a = (", n) + "1" + strings.Repeat(")", n) }},
	{"a literal", func(n int) string { return "SELECT 1 FROM t WHERE a = '" + strings.Repeat("x", n) + "'" }},
	{"dollars", func(n int) string { return "SELECT 1 FROM t WHERE a = " + strings.Repeat("$a", n) }},
}

const helper = "NPLUSGONE_PGQUERY_HELPER"

// TestMain is also the process that parses the dangerous texts, when the environment asks for it.
func TestMain(m *testing.M) {
	switch os.Getenv(helper) {
	case "":
		os.Exit(m.Run())
	case "bare":
		_, err := pg.Parse(dangers[0].text(22_000)) // 44 KB
		fmt.Println("still here:", err)
	case "gate":
		gated(os.Stdout)
	}
}

// small runs this test as a process whose threads have a stack of 128 KiB, as under musl.
func small(t *testing.T, mode string) (string, error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", `ulimit -s 128 && exec "$0"`, self)
	cmd.Env = append(os.Environ(), helper+"="+mode)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	return out.String(), err
}

// TestLibPGQueryCrashesOnASmallStack shows that TestTheGateHoldsOnASmallStack tests something: without the gate the process
// crashes.
func TestLibPGQueryCrashesOnASmallStack(t *testing.T) {
	out, err := small(t, "bare")
	if err == nil {
		t.Errorf("libpg_query parses a text of 44 KB: %s", out)
	}
}

// TestTheGateHoldsOnASmallStack reads each dangerous text at sizes up to 10 MB, and at the largest size that passes the gate,
// in a process with 128 KiB of stack.
func TestTheGateHoldsOnASmallStack(t *testing.T) {
	out, err := small(t, "gate")
	if err != nil {
		t.Fatalf("the process ends: %v\n%s", err, tail(out))
	}
	if want := fmt.Sprintf("%d dangers read\n", len(dangers)); !strings.HasSuffix(out, want) || strings.Contains(out, "slow") {
		t.Errorf("want %q at the end, and nothing slow:\n%s", want, tail(out))
	}
	t.Log(out)
}

func tail(s string) string { return s[max(0, len(s)-4000):] }

// gated reads every dangerous text, the shorter ones on several threads at once, and prints the largest that passes.
func gated(w *os.File) {
	deepest := 0
	for _, danger := range dangers {
		n := deepestThatPasses(danger.text)
		sizes := []int{1, 10, n, n + 1, 1000, 5_000, 22_000, 100_000, 10 << 20 / len(danger.text(1))}
		for _, size := range sizes {
			text := danger.text(size)
			begin := time.Now()
			var wg sync.WaitGroup
			readers := 1
			if size <= 1000 {
				readers = 4
			}
			for range readers {
				wg.Go(func() { Read(fingerprint.PostgreSQL, text) })
			}
			wg.Wait()
			// The time is that of the lexer, which is linear: the parser gets 8 KiB at most.
			if took := time.Since(begin); took > 2*time.Second+time.Duration(len(text))*time.Microsecond {
				fmt.Fprintf(w, "slow: %s of %d bytes take %v\n", danger.name, len(text), took)
			}
		}
		p := fingerprint.Parse(fingerprint.PostgreSQL, danger.text(n))
		if t, err := pass(fingerprint.PostgreSQL, danger.text(n), p); err == nil {
			deepest = max(deepest, t.depth)
			fmt.Fprintf(w, "%s: %d pass, %d deep, %d bytes\n", danger.name, n, t.depth, len(t.sql))
		}
	}
	if deepest < maxDepth {
		fmt.Fprintf(w, "slow: no text that passes has a depth of %d\n", maxDepth)
	}
	fmt.Fprintf(w, "%d dangers read\n", len(dangers))
}

// deepestThatPasses returns the largest n whose text passes the gate.
func deepestThatPasses(text func(int) string) int {
	passes := func(n int) bool {
		sql := text(n)
		_, err := pass(fingerprint.PostgreSQL, sql, fingerprint.Parse(fingerprint.PostgreSQL, sql))
		return err == nil
	}
	low, high := 0, maxText
	for low+1 < high {
		if mid := (low + high) / 2; passes(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}
