package analysis

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
)

// A Rule is the texts of one kind of problem and the check that detects it.
type Rule struct {
	finding.Rule
	check       func(*Pass)
	requires    []*Rule                       // rules whose detections the check looks at; they run before it
	message     func(*finding.Finding) string // the message of a finding; nil for the title
	needsSource bool                          // the check reports nothing without the source
	ownMinimum  bool                          // the check itself decides how many statements are needed: the threshold does not apply
}

// AllRules is the registry. Its order is that of tables; checks run in the order of requires.
var AllRules = []*Rule{
	nPlusOne, recursiveQuery, duplicateQuery, rowByRowInsert, rowByRowUpdate, rowByRowDelete,
	readModifyWrite, fetchToCount, fetchToExist, aggregateInApp, filterInApp, redundantKeyLookup, unboundedResult, unusedColumns,
	transactionPerRow, prepareInLoop, implicitPrepare, rowsNotClosed,
}

// ordered returns AllRules in the order of their checks.
var ordered = sync.OnceValue(func() []*Rule { return inOrder(AllRules) })

// driverNote is the note of rules about transactions, prepared statements and open results. What they report is a fact, but
// a team may accept it.
const driverNote = "driver overhead is informational and never fails a test"

// sees reports whether r's check may look at the detections of other.
func (r *Rule) sees(other *Rule) bool {
	return r == other || slices.ContainsFunc(r.requires, func(q *Rule) bool { return q.sees(other) })
}

// inOrder returns rules with each one after those that it requires.
func inOrder(rules []*Rule) []*Rule {
	var ordered []*Rule
	var add func(*Rule)
	add = func(r *Rule) {
		if slices.Contains(ordered, r) {
			return
		}
		for _, q := range r.requires {
			add(q)
		}
		ordered = append(ordered, r)
	}
	for _, r := range rules {
		add(r)
	}
	return ordered
}

// Rules returns the texts of all rules in the order of tables.
func Rules() []*finding.Rule {
	rules := make([]*finding.Rule, len(AllRules))
	for i, r := range AllRules {
		rules[i] = &r.Rule
	}
	return rules
}

// RuleNamed returns the texts of the rule with the given name.
func RuleNamed(name string) (*finding.Rule, bool) {
	if r, ok := ruleNamed(name); ok {
		return &r.Rule, true
	}
	return nil, false
}

func ruleNamed(name string) (*Rule, bool) {
	i := slices.IndexFunc(AllRules, func(r *Rule) bool { return r.Name == name })
	if i < 0 {
		return nil, false
	}
	return AllRules[i], true
}

// RuleNames returns the names of all rules in the order of tables.
func RuleNames() []string {
	names := make([]string, len(AllRules))
	for i, r := range AllRules {
		names[i] = r.Name
	}
	return names
}

// RulesNamed returns the rules with the given names. It returns an error if there is no rule with one of them.
func RulesNamed(names []string) ([]*Rule, error) {
	var rules []*Rule
	for _, name := range names {
		r, ok := ruleNamed(name)
		if !ok {
			return nil, fmt.Errorf("detector: unknown rule %q (rules: %s)", name, strings.Join(RuleNames(), ", "))
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// JudgedBySource returns those of rules that judge deferred statements. A process without source has reported what the others
// find.
func JudgedBySource(rules []*Rule) []*Rule {
	return slices.DeleteFunc(slices.Clone(rules), func(r *Rule) bool { return !r.ownMinimum || r == unboundedResult })
}
