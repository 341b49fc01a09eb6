// Package admin is a back office: one global database, models that save themselves, lists with bulk actions. It has a
// context only where newer code brought one.
package admin

import (
	"context"
	"database/sql"
	"io"

	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are pages and actions.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "tickets with assignee and department", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate}, NoContext: true,
			Why: "two models are loaded for each ticket, one by way of the other",
			Run: on(func(context.Context) error { return ticketList(io.Discard) })},
		{Name: "table with a column that asks", Want: []string{corpus.NPlusOne},
			Why: "one of three columns looks up a customer for each row",
			Run: on(func(ctx context.Context) error { return ticketTable(ctx, io.Discard) })},
		{Name: "counts in a callback over rows", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "a count for each row of a result that is still open",
			Run: on(func(context.Context) error { return openBy(io.Discard) })},
		{Name: "important customers", Want: []string{corpus.NPlusOne, corpus.Prepare},
			Why: "a statement is prepared, run and closed for each open ticket; closed ones are skipped",
			Run: on(func(ctx context.Context) error { return vips(ctx, io.Discard) })},
		{Name: "chart by recursion", Want: []string{corpus.Recursive},
			Why: "one statement for each person of the tree",
			Run: on(func(ctx context.Context) error { return orgChart(ctx, &Staff{ID: 1}) })},
		{Name: "headcount by a closure", Want: []string{corpus.Recursive},
			Why: "one statement for each person, by a function literal that calls itself",
			Run: on(func(ctx context.Context) error { _, err := headcount(ctx, 1); return err })},
		{Name: "devices by bytes", Want: []string{corpus.NPlusOne},
			Why: "a statement for each device; its key is a BLOB",
			Run: on(func(ctx context.Context) error { return devices(ctx, io.Discard) })},
		{Name: "payroll by converted numbers", Want: []string{corpus.NPlusOne},
			Why: "a statement for each number, which is text there and an integer here",
			Run: on(func(ctx context.Context) error { return payroll(ctx, io.Discard) })},
		{Name: "title above and below", Want: []string{corpus.Duplicate}, NoContext: true,
			Why: "one setting, loaded twice for one page",
			Run: on(func(context.Context) error { return layout(func() error { return tabs(io.Discard) }, io.Discard) })},
		{Name: "tickets closed one by one", Want: []string{corpus.RowUpdate},
			Why: "all get one state: WHERE id IN would do",
			Run: on(func(ctx context.Context) error { return closeTickets(ctx, []int{5003, 5006, 5009, 5015, 5018, 5021}) })},
		{Name: "models that save themselves", Want: []string{corpus.RowUpdate}, NoContext: true,
			Why: "one UPDATE for each model, behind an interface",
			Run: on(func(context.Context) error { return reopen() })},
		{Name: "permissions granted", Want: []string{corpus.RowInsert},
			Why: "one INSERT for each person and permission, in one transaction",
			Run: on(func(ctx context.Context) error {
				return grant(ctx, []int{2, 3, 4, 5}, []string{"read", "write", "export"})
			})},
		{Name: "tickets destroyed one by one", Want: []string{corpus.RowDelete},
			Why: "two DELETEs for each ticket, in one transaction that has the context",
			Run: on(func(ctx context.Context) error { return destroy(ctx, []int{5003, 5006, 5009, 5012, 5015}) })},
		{Name: "audit of a bulk change", Want: []string{corpus.RowInsert},
			Why: "one INSERT for each ticket that one UPDATE has changed",
			Run: on(func(ctx context.Context) error { return auditAll(ctx, 1) })},
		{Name: "rows left open", Want: []string{corpus.RowsUnshut},
			Why: "nobody closes the rows, and nobody reads them to their end",
			Run: on(func(ctx context.Context) error { _, err := anyOpen(ctx); return err })},

		{Name: "chart at once",
			Why: "one recursive CTE",
			Run: on(func(ctx context.Context) error { return orgChartAtOnce(ctx, io.Discard) })},
		{Name: "ignored on purpose",
			Why: "nplusgone.Ignore says that it is known",
			Run: on(func(ctx context.Context) error { return diagnosed(ctx, io.Discard) })},
		{Name: "tabs with counts", NoContext: true,
			Why: "four tables that are written down in the source",
			Run: on(func(context.Context) error { return tabs(io.Discard) })},
		{Name: "four states",
			Why: "an array of the source",
			Run: on(func(ctx context.Context) error { return states(ctx, io.Discard) })},
		{Name: "drop-down lists",
			Why: "three different tables",
			Run: on(func(ctx context.Context) error { return options(ctx, io.Discard) })},
		{Name: "a page of tickets",
			Why: "a count and a page by a join",
			Run: on(func(ctx context.Context) error { return page(ctx, 1, io.Discard) })},
		{Name: "two people", NoContext: true,
			Why: "one model loaded on two lines for two people",
			Run: on(func(context.Context) error { return impersonate(3, 4, io.Discard) })},
		{Name: "three above", May: []string{corpus.Recursive},
			Why: "three turns at most",
			Run: on(func(ctx context.Context) error { return chain(ctx, 15, io.Discard) })},
		{Name: "tickets closed together",
			Why: "one statement",
			Run: on(func(ctx context.Context) error { return closeTogether(ctx, []int{5003, 5006, 5009}) })},
		{Name: "settings saved",
			Why: "five fields of a form that are written down in the source",
			Run: on(func(ctx context.Context) error {
				return saveSettings(ctx, map[string]string{"title": "T", "theme": "light", "page_size": "10", "language": "de", "timezone": "CET"})
			})},
		{Name: "ticket moved", NoContext: true,
			Why: "three steps, each written down on a line of its own",
			Run: on(func(context.Context) error { return move(5003, 4) })},
		{Name: "staff login",
			Why: "different single-row look-ups",
			Run: on(func(ctx context.Context) error { _, err := login(ctx, "person7"); return err })},
		{Name: "department found or made",
			Why: "it is read again because the INSERT may have been somebody else's",
			Run: on(func(ctx context.Context) error { _, err := department(ctx, "Archive"); return err })},
		{Name: "maintenance",
			Why: "statements to the database itself, one for each table",
			Run: on(func(ctx context.Context) error { return maintain(ctx, io.Discard) })},
		{Name: "renamed and read again", NoContext: true,
			Why: "a write stands between the two reads",
			Run: on(func(context.Context) error { _, err := rename(3, "New"); return err })},
	})
}

func on(fn func(context.Context) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		DB = db
		return fn(ctx)
	}
}
