package rewritetest

import (
	"iter"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// Rewrites yields the rewrites of all cases for a dialect, with their names. Nothing is run.
func Rewrites(d fingerprint.Dialect) iter.Seq2[string, *rewrite.Rewrite] {
	return func(yield func(string, *rewrite.Rewrite) bool) {
		for _, cases := range [...][]Case{Selects, Writes} {
			for _, c := range cases {
				if !c.applies(d) || c.Refuse != "" {
					continue
				}
				if r, err := c.rewrite(d, nil); err == nil && !yield(c.Name, r) {
					return
				}
			}
		}
		for _, c := range Processed {
			if r, err := c.With(rewrite.Query{Dialect: d, Parsed: fingerprint.Parse(d, c.Query), Names: names(c.Query)}); err == nil && !yield(c.Name, r) {
				return
			}
		}
		for _, c := range assigns {
			if r, err := c.rewrite(d); err == nil && !yield(c.update, r) {
				return
			}
		}
	}
}

// names returns the columns of a table whose star a query selects; nil for another query.
func names(query string) []string {
	for _, text := range schema {
		table, columns, _ := strings.Cut(strings.TrimPrefix(text, "CREATE TABLE "), " (")
		if !strings.Contains(query, "* FROM "+table) {
			continue
		}
		var out []string
		for column := range strings.SplitSeq(columns, ", ") {
			out = append(out, strings.Fields(column)[0])
		}
		return out
	}
	return nil
}
