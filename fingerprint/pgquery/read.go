package pgquery

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/grammar"
)

// A Result is a statement that was read.
type Result = grammar.Result

func init() { grammar.Link(Read) }

// A parser reads the text of a translation. Another parser than libpg_query can replace it by implementing this.
type parser interface {
	// parse returns the facts of a text, or the error of the parser.
	parse(sql string) (*tree, error)
}

// A tree has the facts of a statement as a parser reads them.
type tree struct {
	kind           fingerprint.Kind
	tables, writes []string // as the text spells them, without quotes
	values         map[int]fingerprint.Value
	fingerprint    string

	group, distinct, limit, offset, locking, join, subquery, compound, recursive, upsert, returning bool
}

// Read reads one SQL text. It never fails: where PostgreSQL's parser does not read the text, or reads another statement than
// the lexer, the facts are the lexer's, and Reason says why.
func Read(d fingerprint.Dialect, sql string) Result {
	p := fingerprint.Parse(d, sql)
	r := Result{Parsed: p, Facts: p.Facts, Source: grammar.Lexer}
	text, err := pass(d, sql, p)
	if err == nil && engine == nil {
		err = errors.New("built without cgo, which PostgreSQL's parser needs")
	}
	if err != nil {
		r.Reason = err.Error()
		return r
	}
	t, err := engine.parse(text.sql)
	if err != nil {
		r.Reason = fmt.Sprintf("PostgreSQL's parser: %v", err)
		return r
	}
	r.PGFingerprint = t.fingerprint
	if reason := disagree(&p.Facts, t); reason != "" {
		r.Reason = reason
		return r
	}
	r.Source = grammar.LibPGQuery
	r.Facts = refined(p.Facts, t, text)
	return r
}

// disagree returns how the parser's statement differs from the lexer's; empty where they are the same.
func disagree(f *fingerprint.Facts, t *tree) string {
	if f.Kind != t.kind {
		return fmt.Sprintf("PostgreSQL's parser reads kind %s where the lexer reads %s", t.kind, f.Kind)
	}
	if lexer, parser := spelled(f.Tables), spelled(t.tables); !slices.Equal(lexer, parser) {
		return fmt.Sprintf("PostgreSQL's parser reads tables %q where the lexer reads %q", parser, lexer)
	}
	return ""
}

// spelled returns the names without case and quotes, in which dialects differ, sorted.
func spelled(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = strings.ToLower(strings.NewReplacer(`"`, "", "`", "").Replace(n))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// refined returns the lexer's facts with those of the parser in their place.
func refined(f fingerprint.Facts, t *tree, text *translation) fingerprint.Facts {
	f.GroupBy, f.Distinct, f.Limit, f.Offset, f.Locking = t.group, t.distinct, t.limit, t.offset, t.locking
	f.Join, f.Subquery, f.Compound, f.Recursive = t.join, t.subquery, t.compound, t.recursive
	f.Upsert, f.Returning = t.upsert || f.Upsert, t.returning
	f.Values = slices.Clone(f.Values)
	for number, value := range t.values {
		i := text.value(number)
		if i < 0 || value.Role == fingerprint.RoleOther && value.Column == "" {
			continue
		}
		old := &f.Values[i]
		sameColumn := alike(old.Column, value.Column)
		old.Role, old.List = value.Role, value.List
		if !sameColumn {
			old.Column, old.Table = quoted(value.Column), ""
		}
		if value.Table != "" && !alike(old.Table, value.Table) {
			old.Table = ""
			for _, t := range f.Tables { // in the lexer's spelling
				if alike(t, value.Table) {
					old.Table = t
				}
			}
		}
	}
	return f
}

// alike reports whether two names differ only in case and quotes.
func alike(a, b string) bool { return spelled([]string{a})[0] == spelled([]string{b})[0] }

// quoted returns a name as PostgreSQL spells it.
func quoted(name string) string {
	for i := range len(name) {
		if c := name[i]; (c < 'a' || c > 'z') && c != '_' && (c < '0' || c > '9') {
			return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
	}
	return name
}
