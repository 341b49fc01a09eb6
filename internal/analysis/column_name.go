package analysis

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// columnNamesKey reports whether the name of a matching column is that of the key v. It only chooses between matches that are
// equal otherwise.
func columnNamesKey(m record.ColumnMatch, v fingerprint.Value) bool {
	return namesKey(m.Parent.Facts().Tables, m.Parent.Results.Names[m.Column], v)
}

// namesKey reports whether a result column of the given tables is, by its name, the key that v compares: posts.author_id for
// authors.id, posts.id for comments.post_id, or a column of the same specific name.
func namesKey(tables []string, column string, v fingerprint.Value) bool {
	column, key := strings.ToLower(column), strings.ToLower(v.Column)
	if key == "" {
		return false
	}
	if generic(key) {
		if v.Table == "" {
			return false
		}
		if generic(column) {
			return slices.Contains(tables, v.Table)
		}
		stem, ok := keyStem(column)
		return ok && sameNoun(stem, v.Table)
	}
	if column == key {
		return true
	}
	if stem, ok := keyStem(key); ok && generic(column) {
		return slices.ContainsFunc(tables, func(t string) bool { return sameNoun(stem, t) })
	}
	return false
}

// generic reports whether a column has a name that keys of any table have.
func generic(column string) bool {
	switch column {
	case "id", "uuid", "uid", "key", "code", "pk", "rowid", "guid":
		return true
	}
	return false
}

// keyStem returns the part of a foreign key's name that is its table's: author for author_id.
func keyStem(column string) (string, bool) {
	for _, suffix := range [...]string{"_id", "_uuid", "_uid", "_key", "_code", "_fk", "id"} {
		if stem, ok := strings.CutSuffix(column, suffix); ok && stem != "" {
			return stem, true
		}
	}
	return "", false
}

// sameNoun reports whether stem is the singular, or the last word of the singular, of a table's name.
func sameNoun(stem, table string) bool {
	table = strings.ToLower(table[strings.LastIndexByte(table, '.')+1:])
	table = strings.Trim(table, "\"`[]")
	for _, t := range [...]string{
		table, strings.TrimSuffix(table, "s"), strings.TrimSuffix(table, "es"), strings.TrimSuffix(table, "ies") + "y",
	} {
		if t == stem || strings.HasSuffix(t, "_"+stem) || strings.HasSuffix(stem, "_"+t) {
			return true
		}
	}
	return false
}
