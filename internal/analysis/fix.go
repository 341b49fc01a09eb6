package analysis

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// batchedSelect returns the fix that fetches the rows of all of g's statements with one: by a list of keys, or joined with
// the parent if it is known.
func batchedSelect(g *group, rule *Rule, m *parentMatch) finding.Fix {
	r, err := rewrite.ByKeys(g.rewriteLoop())
	if err != nil && m != nil && len(m.columns) == 1 && m.parent.Count == 1 { // a join with one of several results lacks the others' rows
		if joined, jerr := rewrite.Joined(g.rewriteLoop(), rewrite.Parent{Parsed: m.parent.Parsed, Column: m.columns[0]}); jerr == nil {
			r, err = joined, nil
		}
	}
	return batchedFix(rule, r, err)
}

// batchedWrite returns the fix that writes the rows of all of g's statements with one.
func batchedWrite(g *group, rule *Rule) finding.Fix {
	r, err := rewrite.Write(g.rewriteLoop())
	fix := batchedFix(rule, r, err)
	if load, err := rewrite.Copy(g.rewriteLoop()); err == nil {
		fix.Text += " For thousands of rows: " + load.SQL() + "."
	}
	return fix
}

// batchedFix returns the rule's fix with the statement to use instead. If no statement returns the same, the fix says why.
func batchedFix(rule *Rule, r *rewrite.Rewrite, err error) finding.Fix {
	if err != nil {
		return finding.Fix{Text: fmt.Sprintf("%s No statement is given here: %v.", rule.Fix, err)}
	}
	return finding.Fix{Text: strings.TrimSpace(rule.Fix + " " + r.Note), SQL: r.SQL()}
}

// rowUseFix returns the rule's fix with the statement that does what the program does with the rows, if there is one.
func rowUseFix(rule *Rule, r *rewrite.Rewrite, err error) finding.Fix {
	if err != nil {
		return finding.Fix{Text: rule.Fix}
	}
	return finding.Fix{Text: strings.TrimSpace(rule.Fix + " " + r.Note), SQL: r.SQL()}
}

// rewriteLoop returns g as the input of a rewrite of statements in a loop.
func (g *group) rewriteLoop() rewrite.Loop {
	return rewrite.Loop{
		Dialect: g.Key.DB.Dialect, Parsed: g.Parsed, Values: g.variation, Many: g.many, Names: g.Results.Names,
		Repeats: g.Arguments.Count() < min(g.Count, record.MaxDistinct),
	}
}

// rewriteQuery returns g as the input of a rewrite of a SELECT whose rows the program processes.
func (g *group) rewriteQuery() rewrite.Query {
	return rewrite.Query{Dialect: g.Key.DB.Dialect, Parsed: g.Parsed, Names: g.Results.Names}
}

// variation returns how a value differs between g's statements.
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

// many reports whether a value was a list of keys in one of g's statements, or is not followed.
func (g *group) many(value int) bool {
	for i := range g.Slots {
		if g.Slots[i].Value == value {
			return g.Slots[i].Many
		}
	}
	return true
}

// conditions returns f as the input of a rewrite. ok is false if it has an operand that SQL cannot express.
func (f *Filter) conditions() (conditions []rewrite.Condition, ok bool) {
	if f == nil {
		return nil, true
	}
	if f.Op == "" {
		return nil, false
	}
	operand, err := rewrite.ParseOperand(f.Operand, f.Literal)
	column := rewrite.Column{Index: f.Column.Index, Name: f.Column.Name}
	return []rewrite.Condition{{Column: column, Op: rewrite.Op(f.Op), Operands: []rewrite.Operand{operand}}}, err == nil
}
