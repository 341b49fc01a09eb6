// Package venue sells seats for the events of several halls, with dbx.
package venue

import "github.com/nplusgone/nplusgone/testdata/blind"

// Cases returns the requests of the application.
func Cases() []blind.Case {
	return []blind.Case{
		{Name: "programme", Driver: "pgx", Schema: pgTables, Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate}, Run: on("pgx", programme),
			Why: "The hall of each event is selected in a loop, through a helper; several events share a hall."},
		{Name: "programme expanded", Driver: "pgx", Schema: pgTables, Run: on("pgx", programmeExpanded),
			Why: "Halls come in IN lists of three keys, and are joined in memory."},
		{Name: "free seats", Driver: "pgx", Schema: pgTables, Want: []string{blind.NPlusOne}, Run: detached("pgx", freeSeats),
			Why: "A prepared COUNT runs for each event; that it is prepared does not save the round trips."},
		{Name: "takings", Driver: "pgx", Schema: pgTables, Run: on("pgx", takings),
			Why: "One statement is read row by row."},
		{Name: "listing", Driver: "pgx", Schema: pgTables, Run: on("pgx", listing),
			Why: "Pages of five events by LIMIT and OFFSET."},
		{Name: "find event", Driver: "mysql", Schema: myTables, Run: on("mysql", findEvent),
			Why: "Different conditions that the source names are tried until one matches."},
		{Name: "issue tickets", Driver: "pgx", Schema: pgTables, Want: []string{blind.RowInsert}, Run: on("pgx", issueTickets),
			Why: "Model(t).Insert runs once for each guest."},
		{Name: "issue guest list", Driver: "mysql", Schema: myTables, Run: detached("mysql", issueGuestList),
			Why: "One INSERT of all rows."},
		{Name: "import tickets", Driver: "mysql", Schema: myTables, May: []string{blind.RowInsert}, Run: detached("mysql", importTickets),
			Why: "A prepared INSERT in one transaction; some reviewers would ask for a multi-row INSERT, others not."},
		{Name: "discount", Driver: "mysql", Schema: myTables, Want: []string{blind.RowUpdate}, Run: on("mysql", discount),
			Why: "One UPDATE by composite key for each free seat, all by the same formula."},
		{Name: "release", Driver: "mysql", Schema: myTables, Want: []string{blind.RowDelete}, Run: on("mysql", release),
			Why: "One DELETE by composite key for each seat that a SELECT just found."},
		{Name: "swap", Driver: "mysql", Schema: myTables, Run: detached("mysql", swap),
			Why: "Two seats are read and written: a fixed pair."},
	}
}
