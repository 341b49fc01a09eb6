// Package intake imports feeds, mirrors a remote directory and relays an outbox.
package intake

import "github.com/nplusgone/nplusgone/testdata/blind"

// Cases returns the jobs of the application.
func Cases() []blind.Case {
	return []blind.Case{
		{Name: "import feed", Driver: "pgx", Schema: pgTables, Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate}, Run: importFeed,
			Why: "The supplier of each CSV record is looked up by code; the INSERT at the end is one."},
		{Name: "import feed by statement", Driver: "sqlite3", Schema: liteTables, Want: []string{blind.RowInsert}, Run: importFeedByStatement,
			Why: "One INSERT for each CSV record, in a transaction."},
		{Name: "import feed buffered", Driver: "sqlite3", Schema: liteTables, Run: importFeedBuffered,
			Why: "Codes come from a map, and records are written three at a time by one statement."},
		{Name: "preview feed", Driver: "pgx", Schema: pgTables, Want: []string{blind.Duplicate}, Run: previewFeed,
			Why: "Two checks and the preview each select the same settings."},
		{Name: "add item", Driver: "pgx", Schema: pgTables, Run: addItem,
			Why: "Get or create: the second look-up comes after a write."},
		{Name: "repeated import", Driver: "pgx", Schema: pgTables, Run: repeatedImport,
			Why: "A transaction is tried again after a conflict, with the same statements."},
		{Name: "check list", Driver: "pgx", Schema: pgTables, Want: []string{blind.NPlusOne}, Run: checkList,
			Why: "One EXISTS for each line of a text, without the context."},
		{Name: "migrate", Driver: "sqlite3", Schema: liteTables, May: []string{blind.RowInsert}, Run: migrate,
			Why: "Each migration is recorded in its own transaction."},
		{Name: "pull contacts", Driver: "pgx", Schema: pgTables, Want: []string{blind.NPlusOne}, May: []string{blind.RowInsert, blind.RowUpdate}, Run: pullContacts,
			Why: "One look-up for each remote contact, followed by one write each."},
		{Name: "mirror contacts", Driver: "pgx", Schema: pgTables, Want: []string{blind.RowInsert}, May: []string{blind.RowUpdate}, Run: mirrorContacts,
			Why: "One upsert for each contact, through an interface."},
		{Name: "page through contacts", Driver: "pgx", Schema: pgTables, Run: pageThroughContacts,
			Why: "Each page is one upsert of six rows and one checkpoint, in a transaction."},
		{Name: "sweep", Driver: "pgx", Schema: pgTables, Want: []string{blind.RowDelete}, Run: sweep,
			Why: "One DELETE for each id that a SELECT just returned."},
		{Name: "relay", Driver: "pgx", Schema: pgTables, Run: relay,
			Why: "Batches of ten messages are claimed, sent, and marked by one statement."},
		{Name: "relay singly", Driver: "pgx", Schema: pgTables, May: []string{blind.RowUpdate}, Run: relaySingly,
			Why: "Each message is marked right after it was sent, so that a crash repeats one message only: often on purpose."},
		{Name: "relay tenants", Driver: "pgx", Schema: pgTables, Run: relayTenants,
			Why: "Each of three tenants has a transaction and a lock of its own."},
		{Name: "receive", Driver: "pgx", Schema: pgTables, Run: receive,
			Why: "One message: a few different statements."},
	}
}
