// Package importer reads suppliers' files into a database: plain functions, in every way in which rows can be written.
package importer

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are imports.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "line by line", Want: []string{corpus.RowInsert}, Run: reading(plain),
			Why: "one INSERT and one commit per line"},
		{Name: "prepared once, run per line", Want: []string{corpus.RowInsert}, Run: reading(prepared),
			Why: "one transaction and one Prepare, but still a round trip per line"},
		{Name: "prepared for each line", Want: []string{corpus.RowInsert, corpus.Prepare}, Run: reading(preparedAgain),
			Why: "three round trips per line"},
		{Name: "committed for each line", Want: []string{corpus.TxPerRow}, May: []string{corpus.RowInsert}, Run: reading(committed),
			Why: "nothing but the insert happens in each transaction, and the first error ends the import"},
		{Name: "inserted in a callback", Want: []string{corpus.RowInsert}, Run: reading(calledBack),
			Why: "the loop stands in a helper, and the INSERT in the function that it calls"},
		{Name: "supplier looked up per line", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate}, Run: reading(resolved),
			Why: "nine suppliers could be loaded once"},
		{Name: "prices set one by one", Want: []string{corpus.RowUpdate}, NoContext: true,
			Why: "UPDATE … FROM a list of VALUES would set all",
			Run: func(_ context.Context, db *sql.DB) error { return newPrices(db, sample("OLD-", 25)) }},
		{Name: "dropped parts deleted one by one", Want: []string{corpus.RowDelete}, NoContext: true,
			Why: "one statement per sku, each with another text",
			Run: func(_ context.Context, db *sql.DB) error { return dropped(db, skus(8)) }},
		{Name: "purchases with lines", Want: []string{corpus.RowInsert},
			Why: "each line of each purchase is an INSERT of its own",
			Run: func(ctx context.Context, db *sql.DB) error { return orders(ctx, db, purchases()) }},
		{Name: "chunks of one line", Want: []string{corpus.RowInsert}, Run: reading(singly),
			Why: "the INSERT could take many rows, and gets one"},
		{Name: "left before the end", Want: []string{corpus.RowsUnshut},
			Why: "rows stay open, and with them a connection, when a part is found",
			Run: func(ctx context.Context, db *sql.DB) error { _, err := cheap(ctx, db, 200); return err }},

		{Name: "ten lines a statement", Run: reading(chunked),
			Why: "chunks of many rows; that the last has only one does not matter"},
		{Name: "updated or inserted", Run: func(ctx context.Context, db *sql.DB) error {
			return upserted(ctx, db, io.MultiReader(sample("OLD-", 12), sample("NEW-", 12)))
		}, Why: "an upsert by hand: the INSERT depends on what the UPDATE did"},
		{Name: "savepoint for each line", Run: func(ctx context.Context, db *sql.DB) error {
			return tolerant(ctx, db, io.MultiReader(sample("OLD-", 4), sample("NEW-", 12)))
		}, Why: "each line may fail alone and is then written to the rejects; one INSERT of many rows cannot do that"},
		{Name: "one document", Run: reading(document),
			Why: "one statement"},
		{Name: "staging table", Run: reading(staged),
			Why: "four different steps"},
		{Name: "suppliers mapped", Run: reading(mapped),
			Why: "one SELECT, one INSERT"},
		{Name: "known skus in chunks", Run: func(ctx context.Context, db *sql.DB) error {
			_, err := known(ctx, db, skus(31))
			return err
		}, Why: "ten keys a statement, and one in the last"},
		{Name: "migrations", Run: migrate,
			Why: "set-up: runs once per version, which is written down in the source"},
		{Name: "demo data", Run: demo,
			Why: "set-up: six rows that are written down in the source"},
		{Name: "stages of one import", Run: reading(stages),
			Why: "a log of four stages, called on four lines"},
		{Name: "several files", Run: func(ctx context.Context, db *sql.DB) error {
			return files(ctx, db, []io.Reader{sample("A-", 9), sample("B-", 7), sample("C-", 8), sample("D-", 8)})
		}, Why: "a transaction and a statement per file, not per row"},
		{Name: "chunk tried again", Run: func(ctx context.Context, db *sql.DB) error {
			return stubborn(ctx, db, io.MultiReader(sample("OLD-", 3), sample("NEW-", 9)))
		}, Why: "each further INSERT follows a failed one"},
		{Name: "first part", Run: func(ctx context.Context, db *sql.DB) error {
			_, err := first(ctx, db, 31)
			return err
		}, Why: "one row is read and the rows are closed"},
	})
}

func reading(fn func(context.Context, *sql.DB, io.Reader) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return fn(ctx, db, sample("NEW-", 31)) }
}

func skus(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("OLD-%03d", i+1)
	}
	return list
}
