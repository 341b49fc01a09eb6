//go:build go1.27

package integration

import (
	"context"
	"slices"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
)

// Proves that pgx scans arrays by itself through the wrapper as well, and that the values of rows scanned that way still
// tell where the arguments of later statements come from.
func TestPGXScansItsOwnColumns(t *testing.T) {
	db := watched(t)
	exec(t, db, "INSERT INTO posts (id, title, tags) SELECT 4000000000000 + n * n, 'post ' || n, ARRAY['tea', 'rain'] FROM generate_series(1, 9) n")
	watcher, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := watcher.Begin(context.Background(), "arrays")
	rows, err := db.QueryContext(ctx, "SELECT id, tags FROM posts ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for rows.Next() {
		var id int64
		var tags []string
		if err := rows.Scan(&id, &tags); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(tags, []string{"tea", "rain"}) {
			t.Errorf("the tags of %d are %q", id, tags)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		var title string
		if err := db.QueryRowContext(ctx, "SELECT title FROM posts WHERE id = $1", id).Scan(&title); err != nil {
			t.Fatal(err)
		}
	}
	end()
	found := watcher.Report().Findings
	if len(found) != 1 || found[0].Rule != "n-plus-one" || found[0].Level != finding.Proven || found[0].Parent == nil {
		t.Errorf("found %+v, want one N+1 that is proven", found)
	}
}
