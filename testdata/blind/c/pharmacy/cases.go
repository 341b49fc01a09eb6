// Package pharmacy keeps the drugs and batches of a pharmacy with gorp.
package pharmacy

import "github.com/nplusgone/nplusgone/testdata/blind"

// Cases returns the requests of the application.
func Cases() []blind.Case {
	return []blind.Case{
		{Name: "price list", Driver: "sqlite3", Schema: tables, Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate}, Run: onSQLite(priceList),
			Why: "gorp's Get of the maker runs for each drug of the list."},
		{Name: "price list by view", Driver: "sqlite3", Schema: tables, Run: onSQLite(priceListView),
			Why: "One JOIN."},
		{Name: "stock list", Driver: "mysql", Schema: tables, Want: []string{blind.NPlusOne}, Run: onMySQL(stockList),
			Why: "The PostGet hook runs one SUM for each row that Select returns."},
		{Name: "batch counts", Driver: "mysql", Schema: tables, Want: []string{blind.NPlusOne}, Run: onMySQL(batchCounts),
			Why: "One COUNT for each drug."},
		{Name: "batches of the shelf", Driver: "sqlite3", Schema: tables, Run: onSQLite(batchesOfShelf),
			Why: "IN lists of four codes each."},
		{Name: "label settings", Driver: "sqlite3", Schema: tables, Run: onSQLite(labelSettings),
			May: []string{blind.NPlusOne},
			Why: "Three settings that the source names."},
		{Name: "register prescriber", Driver: "sqlite3", Schema: tables, Run: onSQLite(registerPrescriber),
			Why: "Get or create, and the list has one licence."},
		{Name: "recount", Driver: "sqlite3", Schema: tables, Want: []string{blind.RowInsert}, Run: onSQLite(recount),
			Why: "gorp's Insert takes a list, and runs one INSERT for each element of it."},
		{Name: "recount in bulk", Driver: "mysql", Schema: tables, Run: onMySQL(recountInBulk),
			Why: "One INSERT of many rows; the hook only changes a value."},
		{Name: "raise prices", Driver: "mysql", Schema: tables, Want: []string{blind.RowUpdate}, Run: onMySQL(raisePrices),
			Why: "One UPDATE for each drug, by the same formula; one statement would do."},
		{Name: "drop expired", Driver: "sqlite3", Schema: tables, Want: []string{blind.RowDelete}, Run: onSQLite(dropExpired),
			Why: "One DELETE for each expired batch; the WHERE of the SELECT would do."},
		{Name: "dispense", Driver: "mysql", Schema: tables, Run: onMySQL(dispense),
			Why: "Optimistic locking: the same row is read and written again until no rival was faster."},
		{Name: "transfer", Driver: "sqlite3", Schema: tables, Run: onSQLite(transfer),
			Why: "The batch is read again after each write."},
	}
}
