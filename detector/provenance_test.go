package detector_test

import (
	"database/sql/driver"
	"testing"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

const rows = 8

// Proves that a loop is proven by the values of rows, and likely at most where they are not looked at.
func TestWithoutProvenance(t *testing.T) {
	for name, tc := range map[string]struct {
		opts []detector.Option
		want finding.Level
	}{
		"with provenance":    {nil, finding.Proven},
		"without provenance": {[]detector.Option{detector.WithoutProvenance()}, finding.Likely},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := detector.New(tc.opts...)
			if err != nil {
				t.Fatal(err)
			}
			ctx, s := d.Begin(t.Context(), "test")
			db := &record.Database{Dialect: fingerprint.SQLite}
			var parent record.Result
			s.Observe(&record.Statement{Parsed: fingerprint.Parse(fingerprint.SQLite, "SELECT id, author_id FROM posts"), Database: db, Stack: 1}, &parent)
			child := fingerprint.Parse(fingerprint.SQLite, "SELECT name FROM authors WHERE id = ?")
			for i := range int64(rows) {
				var body record.Result
				parent.Row([]string{"id", "author_id"}, []driver.Value{i + 1, (i + 3) << 41})
				s.Observe(&record.Statement{Parsed: child, Database: db, Stack: 2, Args: []driver.NamedValue{{Ordinal: 1, Value: (i + 3) << 41}}}, &body)
				body.Close(0, 0)
			}
			parent.Close(rows, 0)
			found := s.End(ctx)
			if len(found) != 1 || found[0].Level != tc.want {
				t.Errorf("found %+v, want one finding that is %v", found, tc.want)
			}
		})
	}
}
