package gojet

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"regexp"

	. "github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	. "github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

type retention struct{ drop []*regexp.Regexp }

func (r retention) drops(path string) bool {
	for _, re := range r.drop {
		if re.MatchString(path) {
			return true
		}
	}
	return false
}

type objectIndex struct{ db *sql.DB }

func (x objectIndex) batch(ctx context.Context, bucket string, after int64, n int64) ([]model.Objects, error) {
	var objs []model.Objects
	err := SELECT(Objects.ID, Objects.Path, Objects.Size).
		FROM(Objects).
		WHERE(Objects.Bucket.EQ(String(bucket)).AND(Objects.ID.GT(Int(after)))).
		ORDER_BY(Objects.ID).
		LIMIT(n).
		QueryContext(ctx, x.db, &objs)
	return objs, err
}

func dryRun(ctx context.Context, x objectIndex, rules retention, w io.Writer, bucket string) error {
	objs, err := x.batch(ctx, bucket, 0, 500)
	if err != nil {
		return err
	}
	for _, o := range objs {
		if !rules.drops(o.Path) {
			continue
		}
		fmt.Fprintf(w, "would drop %d %s (%d bytes)\n", o.ID, o.Path, o.Size)
	}
	return nil
}

var bucketSweep = rowuse.Case{
	Name:   "objects of a bucket that the retention rules drop",
	Why:    "The rules are regular expressions, which SQLite does not have.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE objects (id INTEGER NOT NULL PRIMARY KEY, bucket TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO objects SELECT i, CASE i % 2 WHEN 0 THEN 'logs' ELSE 'img' END, 'y2024/m' || (i % 12) || '/f' || i || CASE WHEN i % 10 = 0 THEN '.tmp' ELSE '.gz' END, 100 * i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rules := retention{[]*regexp.Regexp{regexp.MustCompile(`/m1[01]?/f\d*[05]\.tmp$`), regexp.MustCompile(`^y20(1\d|20)/`)}}
		return dryRun(ctx, objectIndex{db}, rules, io.Discard, "logs")
	},
}
