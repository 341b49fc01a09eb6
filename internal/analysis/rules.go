package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// AllRules is the registry: its order is that of tables. Checks run in an order in which each rule follows those that it
// requires.
var AllRules = []*Rule{
	nPlusOne, recursiveQuery, duplicateQuery, rowByRowInsert, rowByRowUpdate, rowByRowDelete,
	readModifyWrite, fetchToCount, fetchToExist, aggregateInApp, filterInApp, redundantKeyLookup, unboundedResult, unusedColumns,
	transactionPerRow, prepareInLoop, implicitPrepare, rowsNotClosed,
}

// Rules returns the texts of all rules in the order of tables.
func Rules() []*finding.Rule {
	rules := make([]*finding.Rule, len(AllRules))
	for i, r := range AllRules {
		rules[i] = &r.Rule
	}
	return rules
}

// RuleNamed returns the rule with the given name.
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

// JudgedBySource returns those of rules that a run without source leaves to the source. The others have reported what
// they find.
func JudgedBySource(rules []*Rule) []*Rule {
	return slices.DeleteFunc(slices.Clone(rules), func(r *Rule) bool { return !r.once || r == unboundedResult })
}

// RulesNamed returns the rules with the given names.
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
