package report

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// topStatements is how many statements a scope's profile keeps of each kind.
const topStatements = 3

// A profileMerger adds up profiles by the name of the scope, and its package in kept runs. Names are not bounded here: a detector names scopes by
// route, test or job, not by request.
type profileMerger struct {
	byName   map[scopeKey]*finding.ScopeProfile
	unscoped *finding.Unscoped
}

// A scopeKey tells scopes apart: two packages may have a test of one name.
type scopeKey struct{ pkg, name string }

func newProfileMerger() profileMerger {
	return profileMerger{byName: map[scopeKey]*finding.ScopeProfile{}}
}

func (m *profileMerger) add(p finding.Profile) {
	for _, s := range p.Scopes {
		m.scope(s)
	}
	if p.Unscoped != nil {
		m.outside(p.Unscoped.Statements)
	}
}

// outside adds n statements that belonged to no scope.
func (m *profileMerger) outside(n int) {
	if m.unscoped == nil {
		m.unscoped = new(finding.Unscoped)
	}
	m.unscoped.Statements += n
}

func (m *profileMerger) scope(s finding.ScopeProfile) {
	s.Slowest, s.Repeated = slices.Clone(s.Slowest), slices.Clone(s.Repeated)
	name := scopeKey{s.Package, s.Name}
	had, ok := m.byName[name]
	if !ok {
		m.byName[name] = &s
		return
	}
	had.Scopes += s.Scopes
	had.Statements += s.Statements
	had.Errors += s.Errors
	had.Rows += s.Rows
	had.Milliseconds = micro(had.Milliseconds + s.Milliseconds)
	had.Slowest = addStatements(had.Slowest, s.Slowest)
	had.Repeated = addStatements(had.Repeated, s.Repeated)
	had.Shed = max(had.Shed, s.Shed) // either says that something is missing
}

func (m *profileMerger) result() finding.Profile {
	p := finding.Profile{Unscoped: m.unscoped}
	for _, s := range m.byName {
		// Cut only now: a statement that is fourth in every shard may be first in all of them together.
		slices.SortStableFunc(s.Slowest, slowestFirst)
		slices.SortStableFunc(s.Repeated, mostRepeatedFirst)
		s.Slowest = s.Slowest[:min(len(s.Slowest), topStatements)]
		s.Repeated = s.Repeated[:min(len(s.Repeated), topStatements)]
		p.Scopes = append(p.Scopes, *s)
	}
	return p
}
