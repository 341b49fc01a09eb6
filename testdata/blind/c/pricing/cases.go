// Package pricing quotes orders from several kinds of caches.
package pricing

import "github.com/nplusgone/nplusgone/testdata/blind"

// Cases returns the requests of the application.
func Cases() []blind.Case {
	return []blind.Case{
		{Name: "first quote", Driver: "sqlite3", Schema: tables, Want: []string{blind.NPlusOne}, Run: firstQuote,
			Why: "The shared map is cold and each line has another key, so each line runs a SELECT."},
		{Name: "next quote", Driver: "sqlite3", Schema: tables, Run: nextQuote,
			Why: "The map was filled by one statement; the loop reads it."},
		{Name: "bulk quote", Driver: "pgx", Schema: tables, Run: bulkQuote,
			Why: "Two orders, for each of which the misses go in one IN list."},
		{Name: "convert", Driver: "pgx", Schema: tables, Want: []string{blind.NPlusOne + " " + blind.Duplicate}, May: []string{blind.NPlusOne, blind.Duplicate}, Run: convert,
			Why: "The cache is smaller than the set of currencies, so each line misses."},
		{Name: "convert small", Driver: "sqlite3", Schema: tables, Run: convertSmall,
			Why: "Two currencies are loaded once each for eight lines."},
		{Name: "stampede", Driver: "pgx", Schema: tables, Run: stampede,
			Why: "Sixteen goroutines share the flight of one statement."},
		{Name: "parallel quote", Driver: "pgx", Schema: tables, Want: []string{blind.NPlusOne}, Run: parallelQuote,
			Why: "singleflight does not help, since each line asks for another key."},
		{Name: "unknown goods", Driver: "sqlite3", Schema: tables, Want: []string{blind.Duplicate + " " + blind.NPlusOne}, May: []string{blind.NPlusOne, blind.Duplicate}, Run: unknownGoods,
			Why: "That there are no such goods is not kept, so the same key is asked for again and again."},
		{Name: "memoised", Driver: "pgx", Schema: tables, Want: []string{blind.Duplicate + " " + blind.NPlusOne}, May: []string{blind.NPlusOne, blind.Duplicate}, Run: memoised,
			Why: "The key of the memo holds a pointer, so that two currencies are selected once for each line."},
		{Name: "invoice", Driver: "sqlite3", Schema: tables, Want: []string{blind.Duplicate}, Run: invoice,
			Why: "Three methods load the same tariff in one request."},
		{Name: "change VAT", Driver: "sqlite3", Schema: tables, Run: changeVAT,
			Why: "The tariff is read again after each write."},
		{Name: "reprice", Driver: "pgx", Schema: tables, Want: []string{blind.NPlusOne}, Run: reprice,
			Why: "The callback of Range selects each price that one statement just loaded."},
		{Name: "drop outdated", Driver: "pgx", Schema: tables, May: []string{blind.Duplicate}, Run: dropOutdated,
			Why: "The callback of Range works in memory; the map is filled again after entries were dropped."},
		{Name: "margins", Driver: "pgx", Schema: tables, Want: []string{blind.RowUpdate}, Run: margins,
			Why: "One UPDATE for each line that passes a condition."},
	}
}
