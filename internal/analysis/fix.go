package analysis

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// batchedSelect returns the fix that fetches the rows of all of g's statements with one: by a list of keys, or joined with
// the earlier result that they come from, where f says it.
func batchedSelect(g *group, rule *Rule, f *parentMatch) finding.Fix {
	r, err := rewrite.ByKeys(g.loop())
	if err != nil && f != nil && len(f.columns) == 1 {
		if joined, jerr := rewrite.Joined(g.loop(), rewrite.Parent{Parsed: f.parent.Parsed, Column: f.columns[0]}); jerr == nil {
			r, err = joined, nil
		}
	}
	return fixed(rule, r, err)
}

// batchedWrite returns the fix that writes the rows of all of g's statements with one.
func batchedWrite(g *group, rule *Rule) finding.Fix {
	r, err := rewrite.Write(g.loop())
	fix := fixed(rule, r, err)
	if load, err := rewrite.Copy(g.loop()); err == nil {
		fix.Text += " For thousands of rows: " + load.SQL() + "."
	}
	return fix
}

// fixed returns the rule's fix with the statement to use instead, and what there is to know of it. Where no statement would
// answer the same, the fix says why.
func fixed(rule *Rule, r *rewrite.Rewrite, err error) finding.Fix {
	if err != nil {
		return finding.Fix{Text: fmt.Sprintf("%s No statement is given here: %v.", rule.Fix, err)}
	}
	return finding.Fix{Text: strings.TrimSpace(rule.Fix + " " + r.Note), SQL: r.SQL()}
}

// loop returns g as a loop to be rewritten.
func (g *group) loop() rewrite.Loop {
	return rewrite.Loop{
		Dialect: g.Key.DB.Dialect, Parsed: g.Parsed, Values: g.variation, Many: g.many, Names: g.Results.Names,
		Repeats: g.Arguments.Count() < min(g.Count, record.MaxDistinct),
	}
}

// query returns g as a SELECT whose rows the program processes.
func (g *group) query() rewrite.Query {
	return rewrite.Query{Dialect: g.Key.DB.Dialect, Parsed: g.Parsed, Names: g.Results.Names}
}

// variation says how a value changes between g's statements.
func (g *group) variation(value int) rewrite.Variation {
	for i := range g.Slots {
		switch {
		case g.Slots[i].Value != value:
		case !g.Slots[i].Constant:
			return rewrite.Varies
		case rewrite.InText(g.Parsed, value):
			return rewrite.Constant
		default:
			return rewrite.Equal
		}
	}
	return rewrite.Varies
}

// many reports whether a value held several keys in one statement.
func (g *group) many(value int) bool {
	for i := range g.Slots {
		if g.Slots[i].Value == value {
			return g.Slots[i].Many
		}
	}
	return true // it is not followed
}

// processed returns the rule's fix with the statement that does what the program does with rows, if there is one.
func processed(rule *Rule, r *rewrite.Rewrite, err error) finding.Fix {
	if err != nil {
		return finding.Fix{Text: rule.Fix}
	}
	return finding.Fix{Text: strings.TrimSpace(rule.Fix + " " + r.Note), SQL: r.SQL()}
}

// conditions returns a filter for a rewrite.
func (f *Filter) conditions() ([]rewrite.Condition, bool) {
	if f == nil {
		return nil, true
	}
	operand, err := rewrite.ParseOperand(f.Operand, f.Literal)
	return []rewrite.Condition{{Column: f.Column.rewritten(), Op: rewrite.Op(f.Op), Operands: []rewrite.Operand{operand}}}, err == nil
}

func (c Column) rewritten() rewrite.Column { return rewrite.Column{Index: c.Index, Name: c.Name} }

func list(names []string) string { return strings.Join(names, ", ") }

func rowCount(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}
