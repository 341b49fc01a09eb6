package rewritetest

import (
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// An assignCase is a column that is read, computed and written back.
type assignCase struct {
	read, update, expr string
	compute            func(row []any, by int64) any
	want               string // the UPDATE for a report, as MySQL and SQLite have it
}

func (c assignCase) rewrite(d fingerprint.Dialect) (*rewrite.Rewrite, error) {
	return rewrite.Assign(rewrite.Query{Dialect: d, Parsed: read(d, c.read).parsed}, read(d, c.update).parsed, "n", c.expr)
}

var assigns = []assignCase{
	{"SELECT n FROM posts WHERE id = ?", "UPDATE posts SET n = ? WHERE id = ?", "{n} + 1",
		func(row []any, _ int64) any { return row[0].(int64) + 1 }, "UPDATE posts SET n = n + 1 WHERE id = ?"},
	{"SELECT n FROM posts WHERE id = ?", "UPDATE posts SET n = ? WHERE id = ?", "{0} - ?",
		func(row []any, by int64) any { return row[0].(int64) - by }, "UPDATE posts SET n = n - ? WHERE id = ?"},
	{"SELECT p.id, p.n AS points FROM posts p WHERE p.id = ?", "UPDATE posts SET n = ?, kind = 'x' WHERE id = ?", "({points} + 2) * {id}",
		func(row []any, _ int64) any { return (row[1].(int64) + 2) * row[0].(int64) }, "UPDATE posts SET n = (n + 2) * id, kind = ? WHERE id = ?"},
}
