package detector

import "slices"

// allRules is the registry: its order is the order of checks and of tables.
var allRules = []*Rule{
	NPlusOne, RecursiveQuery, DuplicateQuery, RowByRowInsert, RowByRowUpdate, RowByRowDelete,
	ReadModifyWrite, FetchToCount, FetchToExist, AggregateInApp, FilterInApp, RedundantKeyLookup, UnboundedResult, UnusedColumns,
	TransactionPerRow, PrepareInLoop, ImplicitPrepare, RowsNotClosed,
}

// Rules returns all rules.
func Rules() []*Rule { return slices.Clone(allRules) }

// RuleNamed returns the rule with the given name.
func RuleNamed(name string) (*Rule, bool) {
	i := slices.IndexFunc(allRules, func(r *Rule) bool { return r.Name == name })
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
