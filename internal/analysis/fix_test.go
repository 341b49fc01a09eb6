package analysis

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// groupOf returns a group of statements whose values of the given roles differ from one to the next.
func groupOf(d fingerprint.Dialect, text string, roles ...fingerprint.Role) *group {
	g := &group{&record.Group{Key: record.Key{DB: &record.Database{Dialect: d}}, Parsed: fingerprint.Parse(d, text)}}
	g.Slots = record.NewSlots(g.Facts().Values)
	for i := range g.Slots {
		g.Slots[i].Constant = true
		for _, r := range roles {
			if g.Facts().Values[g.Slots[i].Value].Role == r {
				g.Slots[i].Constant = false
			}
		}
	}
	return g
}

func TestAFixSaysWhatThereIsToKnow(t *testing.T) {
	rule := &Rule{Rule: finding.Rule{Fix: "Use one."}}
	const key, set, insert = fingerprint.RoleKey, fingerprint.RoleSet, fingerprint.RoleInsert
	parent := &parentMatch{parent: groupOf(fingerprint.PostgreSQL, "SELECT id FROM posts"), columns: []string{"id"}}
	parent.parent.Count = 1
	for _, tc := range []struct {
		name      string
		fix       finding.Fix
		text, sql string
	}{
		{"a list",
			batchedSelect(groupOf(fingerprint.SQLite, "SELECT body FROM comments WHERE post_id = ? AND kind <> 'x'", key), rule, nil),
			"Use one.", "SELECT post_id, body FROM comments WHERE post_id IN (?, ?, …) AND kind <> ?"},
		{"the first of each",
			batchedSelect(groupOf(fingerprint.MySQL, "SELECT body FROM comments WHERE post_id = ? ORDER BY id LIMIT 3", key), rule, nil),
			"The limit is of each key", "row_number() OVER (PARTITION BY post_id ORDER BY id)"},
		{"none",
			batchedSelect(groupOf(fingerprint.MySQL, "SELECT body FROM comments WHERE post_id = ? LIMIT 3 OFFSET 3", key), rule, nil),
			"Use one. No statement is given here: OFFSET skips", ""},
		{"a lateral join, where the parent is known",
			batchedSelect(groupOf(fingerprint.PostgreSQL, "SELECT body FROM comments WHERE post_id = $1 LIMIT 3 OFFSET 3", key), rule, parent),
			"Use one.", "LEFT JOIN LATERAL (SELECT body FROM comments WHERE post_id = parent.id"},
		{"rows, and a way to load many",
			batchedWrite(groupOf(fingerprint.PostgreSQL, "INSERT INTO tags (post_id, name) VALUES ($1, $2)", insert), rule),
			"For thousands of rows: COPY tags (post_id, name) FROM STDIN.", "VALUES ($1, $2), ($3, $4), …"},
		{"each its own value",
			batchedWrite(groupOf(fingerprint.SQLite, "UPDATE tags SET name = ? WHERE id = ?", key, set), rule),
			"Each key must occur once: ", "CASE id WHEN ? THEN ?"},
	} {
		if !strings.Contains(tc.fix.Text, tc.text) || !strings.Contains(tc.fix.SQL, tc.sql) || (tc.sql == "") != (tc.fix.SQL == "") {
			t.Errorf("%s: %+v\nwant %q and %q", tc.name, tc.fix, tc.text, tc.sql)
		}
	}
}
