// Package loyalty runs the reports and imports of a loyalty scheme on MariaDB.
package loyalty

import "github.com/nplusgone/nplusgone/testdata/blind"

// Cases returns the jobs of the application.
func Cases() []blind.Case {
	list := []blind.Case{
		{Name: "turnover", Want: []string{blind.NPlusOne}, Run: turnover,
			Why: "One SUM for each member; a GROUP BY would do."},
		{Name: "turnover by store", Run: turnoverByStore,
			Why: "One statement with a GROUP BY."},
		{Name: "mailing", Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate}, Run: mailing,
			Why: "While the members are still being read, a second connection selects offers for each of them."},
		{Name: "winners", Run: winners,
			Why: "One statement: all ids go in one FIND_IN_SET."},
		{Name: "checkout", Want: []string{blind.NPlusOne}, Run: checkout,
			Why: "One look-up by composite key for each line of the basket."},
		{Name: "quote", Run: quote,
			Why: "Composite keys in chunks of five."},
		{Name: "export prices", Run: exportPrices,
			Why: "Keyset pages over a composite key."},
		{Name: "quarters", Run: quarters, May: []string{blind.NPlusOne},
			Why: "Four fixed spans of time that the source names."},
		{Name: "import members", Want: []string{blind.NPlusOne, blind.RowInsert}, Run: importMembers,
			Why: "One look-up for each card, and one INSERT for each new one; both could be one statement."},
		{Name: "merge members", Run: mergeMembers,
			Why: "Upserts of six rows each."},
		{Name: "book points", Want: []string{blind.RowInsert}, May: []string{blind.RowUpdate}, Run: bookPoints,
			Why: "One upsert for each member."},
		{Name: "grade", Want: []string{blind.RowUpdate}, Run: grade,
			Why: "One UPDATE for each member to one of two values; a prepared statement saves no round trip."},
		{Name: "regrade", Run: regrade,
			Why: "A temporary table is filled with one INSERT and joined in one UPDATE."},
		{Name: "withdraw", Want: []string{blind.RowDelete}, Run: withdraw,
			Why: "One DELETE for each composite key, through a helper."},
		{Name: "purge vouchers", Run: purgeVouchers,
			Why: "DELETE with a LIMIT, until nothing is left: batches on purpose."},
		{Name: "grant vouchers", Run: grantVouchers,
			Why: "A sequence of single statements; one INSERT ... SELECT makes the rows."},
		{Name: "close month", Run: closeMonth,
			Why: "Three stores, each under an advisory lock of its own."},
	}
	for i := range list {
		list[i].Driver, list[i].Schema = "mysql", tables
	}
	return list
}
