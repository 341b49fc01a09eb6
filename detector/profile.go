package detector

import (
	"cmp"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Limits of a profile. What exceeds them is not part of it, but for scopes beyond maxScopeNames, which have one name together.
const (
	maxScopeNames  = 1_000 // names are those of tests, routes and jobs; a service that puts an ID into them has more
	maxStatements  = 256   // fingerprints for each scope name; topStatements of them are shown
	maxUnreadTypes = 32    // types of unread arguments for each scope name
	maxNotChecked  = 8     // different reasons for each scope name
	topStatements  = 3     // statements in each list of a scope's profile
)

// A profile sums up scopes by name.
type profile struct {
	byName map[string]*scopeSums
	empty  int             // scopes without a statement that are not in byName
	faults map[string]bool // the faults that a scope's NotChecked has, as Faults returns them
}

// scopeSums are the sums of the scopes of one name.
type scopeSums struct {
	finding.ScopeProfile
	took       time.Duration
	statements map[fingerprint.ID]*statementSums
}

// statementSums are the sums of one fingerprint in scopes of one name.
type statementSums struct {
	finding.StatementStat
	took    time.Duration
	most    int // executions in the scope that had most
	scope   int // number of the latest scope that had it, from 1
	inScope int // executions in that scope
}

// otherScopes is the name under which scopes are summed up when there are maxScopeNames others.
const otherScopes = "(other scopes)"

// named returns the sums of a name, new ones if there are none; those of otherScopes if there are too many names.
func (p *profile) named(name string) *scopeSums {
	n, ok := p.byName[name]
	if !ok {
		if p.byName == nil {
			p.byName = make(map[string]*scopeSums)
		}
		if len(p.byName) >= maxScopeNames && name != otherScopes {
			return p.named(otherScopes)
		}
		n = &scopeSums{ScopeProfile: finding.ScopeProfile{Name: name}, statements: make(map[fingerprint.ID]*statementSums)}
		p.byName[name] = n
	}
	return n
}

// add adds a scope. source, which may be nil, finds the call sites of its statements, uses, which may be nil, says what is known
// of the use of their rows.
func (p *profile) add(s *record.Frozen, source analysis.Source, uses *finding.RowUse) {
	n := p.named(s.Name)
	n.Scopes++
	n.Statements += s.Stats.Statements
	n.Errors += s.Stats.Errors
	n.Rows += s.Stats.Rows
	n.took += s.Stats.Took
	n.RowUse = n.RowUse.Add(uses)
	n.Shed = cmp.Or(n.Shed, s.Stats.Shed)
	for _, name := range s.Unread {
		if at, found := slices.BinarySearch(n.UnreadTypes, name); !found && len(n.UnreadTypes) < maxUnreadTypes {
			n.UnreadTypes = slices.Insert(n.UnreadTypes, at, name)
		}
	}
	for _, g := range s.Groups {
		st, ok := n.statements[g.Key.ID]
		if !ok {
			if len(n.statements) >= maxStatements {
				continue
			}
			st = &statementSums{StatementStat: finding.StatementStat{Fingerprint: g.Key.ID.String(), Text: g.Parsed.Text}}
			st.CallSite = analysis.CallSite(g.Key.Stack, source)
			n.statements[g.Key.ID] = st
		}
		st.Count += g.Count
		st.Rows += g.Rows
		st.took += g.Took
		if st.scope != n.Scopes {
			st.scope, st.inScope = n.Scopes, 0
		}
		st.inScope += g.Count
		st.most = max(st.most, st.inScope)
	}
}

// addFailure adds that a scope of a name was not checked.
func (p *profile) addFailure(name string, failed *failure) {
	n := p.named(name)
	if !slices.Contains(n.NotChecked, failed.why) {
		if len(n.NotChecked) >= maxNotChecked {
			return
		}
		n.NotChecked = append(n.NotChecked, failed.why)
	}
	if p.faults == nil {
		p.faults = make(map[string]bool)
	}
	if failed.fault != "" {
		p.faults[failed.fault] = true
	}
}

// sum returns the profile as reports have it.
func (p *profile) sum() finding.Profile {
	out := finding.Profile{EmptyScopes: p.empty, Scopes: make([]finding.ScopeProfile, 0, len(p.byName))}
	for _, n := range p.byName {
		sp := n.ScopeProfile
		sp.UnreadTypes, sp.NotChecked = slices.Clone(sp.UnreadTypes), slices.Clone(sp.NotChecked)
		sp.Milliseconds = n.took.Seconds() * 1e3
		all := make([]*statementSums, 0, len(n.statements))
		for _, st := range n.statements {
			st.Milliseconds = st.took.Seconds() * 1e3
			all = append(all, st)
		}
		sp.Slowest = top(all, func(a, b *statementSums) int { return cmp.Compare(b.took, a.took) })
		all = slices.DeleteFunc(all, func(st *statementSums) bool { return st.most < 2 })
		sp.Repeated = top(all, func(a, b *statementSums) int { return cmp.Compare(b.most, a.most) })
		out.Scopes = append(out.Scopes, sp)
	}
	slices.SortFunc(out.Scopes, finding.SlowestScopeFirst)
	return out
}

// top returns the first statements in an order. It sorts all.
func top(all []*statementSums, order func(a, b *statementSums) int) []finding.StatementStat {
	slices.SortFunc(all, func(a, b *statementSums) int { return cmp.Or(order(a, b), cmp.Compare(a.Fingerprint, b.Fingerprint)) })
	var out []finding.StatementStat
	for _, st := range all[:min(len(all), topStatements)] {
		out = append(out, st.StatementStat)
	}
	return out
}
