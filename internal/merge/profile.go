package merge

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// topStatements is how many statements of each kind a scope's profile keeps.
const topStatements = 3

// A profileSum sums profiles by package and name of the scope. The number of names is not limited here: a detector
// names scopes by route, test or job, not by request.
type profileSum struct {
	byScope     map[scopeKey]*finding.ScopeProfile
	unscoped    *finding.Unscoped
	empty       int
	unreadTypes []string
	notChecked  []string
}

// A scopeKey identifies a scope: two packages may have a test of the same name.
type scopeKey struct{ pkg, name string }

func newProfileSum() profileSum {
	return profileSum{byScope: map[scopeKey]*finding.ScopeProfile{}}
}

func (m *profileSum) add(p finding.Profile) {
	for _, s := range p.Scopes {
		m.addScope(s)
	}
	m.empty += p.EmptyScopes
	if p.Unscoped != nil {
		m.addUnscoped(p.Unscoped.Statements)
	}
	m.unreadTypes = union(m.unreadTypes, p.UnreadTypes)
	m.notChecked = union(m.notChecked, p.NotChecked)
}

// union returns the strings of both lists, each once.
func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// addUnscoped adds n statements that belonged to no scope.
func (m *profileSum) addUnscoped(n int) {
	if m.unscoped == nil {
		m.unscoped = new(finding.Unscoped)
	}
	m.unscoped.Statements += n
}

func (m *profileSum) addScope(s finding.ScopeProfile) {
	s.Slowest, s.Repeated = slices.Clone(s.Slowest), slices.Clone(s.Repeated)
	s.UnreadTypes, s.NotChecked = slices.Clone(s.UnreadTypes), slices.Clone(s.NotChecked)
	key := scopeKey{s.Package, s.Name}
	total, ok := m.byScope[key]
	if !ok {
		m.byScope[key] = &s
		return
	}
	total.Scopes += s.Scopes
	total.Statements += s.Statements
	total.Errors += s.Errors
	total.Rows += s.Rows
	total.Milliseconds = finding.RoundTime(total.Milliseconds + s.Milliseconds)
	total.Slowest = addStatements(total.Slowest, s.Slowest)
	total.Repeated = addStatements(total.Repeated, s.Repeated)
	total.Shed = max(total.Shed, s.Shed) // either one says that something is missing
	total.UnreadTypes = union(total.UnreadTypes, s.UnreadTypes)
	total.NotChecked = union(total.NotChecked, s.NotChecked)
	total.RowUse = total.RowUse.Add(s.RowUse)
	slices.Sort(total.UnreadTypes)
	slices.Sort(total.NotChecked)
}

func (m *profileSum) result() finding.Profile {
	p := finding.Profile{EmptyScopes: m.empty, UnreadTypes: slices.Clone(m.unreadTypes), NotChecked: slices.Clone(m.notChecked)}
	if m.unscoped != nil {
		p.Unscoped = &finding.Unscoped{Statements: m.unscoped.Statements}
	}
	for _, s := range m.byScope {
		// The lists are cut only now: a statement that is fourth in every shard may be first in all of them together.
		scope := *s
		scope.Slowest = top(s.Slowest, finding.SlowestFirst)
		scope.Repeated = top(s.Repeated, finding.MostRepeatedFirst)
		p.Scopes = append(p.Scopes, scope)
	}
	return p
}

func top(stats []finding.StatementStat, order func(a, b finding.StatementStat) int) []finding.StatementStat {
	stats = slices.Clone(stats)
	slices.SortStableFunc(stats, order)
	return stats[:min(len(stats), topStatements)]
}
