// Fingerprint measures what reading a statement costs, compared with other readers of SQL.
//
//	go -C bench run ./fingerprint
//	go -C bench run ./fingerprint -rounds 500
//
// Each round lets every reader, in random order, read the same thirty statements of data layers ten times. The table has
// the median over all rounds: nanoseconds and allocations of one statement, and the ratio to go-sqllexer within the round. A
// last line compares 10 MB of text with 1 MB.
//
// # Readers
//
//	cached         fingerprint.Cache, the statement being known
//	new            fingerprint.Parse: normal form, 128-bit ID, and facts
//	go-sqllexer    ObfuscateAndNormalize with tables, commands and comments collected: normal form and some facts, no ID
//	  bare         the same, collecting nothing
//	libpg_query    Fingerprint of pg_query_go/v5: 64-bit ID, no normal form, no facts; the eleven statements of PostgreSQL
//	pgquery        fingerprint/pgquery.Read: what new does, and facts refined by libpg_query
//
// The last column is a bound that this project set. A missed one does not fail the run.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
)

func main() {
	rounds := flag.Int("rounds", 100, "let each reader read all statements this many `times`")
	flag.Parse()
	if flag.NArg() > 0 || *rounds < 1 {
		fmt.Fprintln(os.Stderr, "bench/fingerprint: the only flag is -rounds, which is 1 or more")
		os.Exit(2)
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "reader\tns\tallocs\t× go-sqllexer\tbound\t\t")
	for _, l := range measure(*rounds) {
		fmt.Fprintf(w, "%s\t%.0f\t%.1f\t%.2f\t%s\t%s\t\n", l.name, l.nanoseconds, l.allocs, l.ratio, l.bound, l.verdict)
	}
	w.Flush()
	short, long := read(1<<20), read(10<<20)
	fmt.Printf("\n1 MB takes %v, 10 MB take %v: %.1f times as long\n", short, long, float64(long)/float64(short))
}

// read returns the shortest time of five for a text of the given length.
func read(bytes int) time.Duration {
	const row = "(1, 'a text with some words', -2.5, NULL, now()), "
	text := "INSERT INTO posts (id, title, score, kind, at) VALUES " + strings.Repeat(row, bytes/len(row)) + "(1, 'x', 2, NULL, now())"
	best := time.Hour
	for range 5 {
		runtime.GC()
		begin := time.Now()
		fingerprint.Parse(fingerprint.PostgreSQL, text)
		best = min(best, time.Since(begin))
	}
	return best
}
