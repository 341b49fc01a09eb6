// Package twice opens a database through nplusgone under a driver name that nplusgone registered. Each statement
// counts once: two queries keep a limit of two, and nothing is reported.
//
// Related issues: quick-perf/quickperf#263, grafana/grafana#54880.
package twice

import (
	"context"
	"database/sql"
)

func Names(ctx context.Context, db *sql.DB) (a, b string, err error) {
	if err = db.QueryRowContext(ctx, "SELECT name FROM people WHERE id = ?", 1).Scan(&a); err != nil {
		return
	}
	err = db.QueryRowContext(ctx, "SELECT name FROM people WHERE id = ?", 2).Scan(&b)
	return
}
