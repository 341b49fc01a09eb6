// Package registry keeps patients in generic repositories with iterators.
package registry

import "github.com/nplusgone/nplusgone/testdata/blind"

// Cases returns the requests of the application.
func Cases() []blind.Case {
	return []blind.Case{
		{Name: "letters", Driver: "pgx", Schema: tables, Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate}, Run: letters,
			Why: "The practice of each patient is selected while an iterator reads the patients."},
		{Name: "waiting room", Driver: "sqlite3", Schema: tables, Want: []string{blind.NPlusOne}, Run: waitingRoom(`["0b5e-11", "2c41-20", "33e9-77", "6f02-18", "8be1-09", "93d3-40", "a1b7-88"]`),
			Why: "The generic Find runs for each key of a list that came in a message."},
		{Name: "study", Driver: "pgx", Schema: tables, Want: []string{blind.NPlusOne}, Run: study,
			Why: "The predicate of a lazy filter runs one EXISTS for each patient."},
		{Name: "referrals", Driver: "sqlite3", Schema: tables, Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate}, Run: referrals,
			Why: "A decorated repository behind an interface selects the patient of each visit."},
		{Name: "workload", Driver: "sqlite3", Schema: tables, Want: []string{blind.NPlusOne}, Run: workload,
			Why: "Patients come in pages, but the visits of each are summed by a statement of its own."},
		{Name: "by last visit", Driver: "pgx", Schema: tables, Want: []string{blind.NPlusOne + " " + blind.Duplicate}, May: []string{blind.NPlusOne, blind.Duplicate}, Run: byLastVisit,
			Why: "The function that compares two patients runs a SELECT for both, at each comparison of the sort."},
		{Name: "sorted by minutes", Driver: "pgx", Schema: tables, Run: sortedByMinutes,
			Why: "The sums are made from one cursor before the sort."},
		{Name: "labels", Driver: "sqlite3", Schema: tables, Run: labels,
			Why: "An iterator over pages of three rows."},
		{Name: "recall", Driver: "pgx", Schema: tables, Run: recall,
			Why: "A cursor fills a set, and patients come in IN lists of two keys."},
		{Name: "identify", Driver: "sqlite3", Schema: tables, Run: identify,
			Why: "Four identifiers are tried until the first that matches."},
		{Name: "totals", Driver: "pgx", Schema: tables, Run: totals,
			Why: "Three different tables are read once each."},
		{Name: "match", Driver: "pgx", Schema: tables, Run: match,
			Why: "Two sorted lists are merged; the inner loop pulls from one open cursor."},
		{Name: "transfer summary", Driver: "sqlite3", Schema: tables, Run: transferSummary,
			Why: "A few single look-ups, one of them again after a write."},
	}
}
