package detector

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// allRules is the registry: its order is the order of checks and of tables.
var allRules = []*rule{
	nPlusOne, recursiveQuery, duplicateQuery, rowByRowInsert, rowByRowUpdate, rowByRowDelete,
	readModifyWrite, fetchToCount, fetchToExist, aggregateInApp, filterInApp, redundantKeyLookup, unboundedResult, unusedColumns,
	transactionPerRow, prepareInLoop, implicitPrepare, rowsNotClosed,
}

// Rules returns all rules in the order of their checks.
func Rules() []*finding.Rule {
	rules := make([]*finding.Rule, len(allRules))
	for i, r := range allRules {
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

func ruleNamed(name string) (*rule, bool) {
	i := slices.IndexFunc(allRules, func(r *rule) bool { return r.Name == name })
	if i < 0 {
		return nil, false
	}
	return allRules[i], true
}

func ruleNames() []string {
	names := make([]string, len(allRules))
	for i, r := range allRules {
		names[i] = r.Name
	}
	return names
}
