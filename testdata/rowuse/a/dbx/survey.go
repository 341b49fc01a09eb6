package dbx

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/dbx/survey"
)

func chart(ctx context.Context, as survey.Answers, question int64, w io.Writer) error {
	list, err := as.Of(ctx, question)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(survey.GroupCount(list, func(a survey.Answer) string { return a.Choice }))
}

var surveyResult = rowuse.Case{
	Name:   "chart of the answers to a question",
	Want:   []string{rowuse.AggregateInApp},
	Why:    "All answers are fetched to count them by choice: GROUP BY choice.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE answers (id INTEGER PRIMARY KEY, question_id INTEGER NOT NULL, choice TEXT NOT NULL, locale TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO answers SELECT i, i % 2, substr('ABCD', 1 + (i / 2) % 4, 1), 'nb' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return chart(ctx, survey.Answers{DB: wrap(db)}, 1, io.Discard)
	},
}
