package finding

import (
	"cmp"
	"slices"
)

// Compare is the order of findings everywhere: by the file and line that they are reported at, then by rule, identity and
// scope. Of findings that are equal so far, the better one is first.
func Compare(a, b *Finding) int {
	p, q := a.Position(), b.Position()
	c := cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Identity, b.Identity),
		cmp.Compare(a.Scope, b.Scope),
	)
	if c == 0 {
		c = compareWorth(b, a)
	}
	return c
}

// Sort sorts findings by Compare.
func Sort(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int { return Compare(&a, &b) })
}

// Better reports whether a is kept and b is dropped, where both have the same identity: two scopes of one process, or two
// processes, found the same problem. It is a strict order, so that the result does not depend on the order in which
// findings come.
func Better(a, b *Finding) bool { return compareWorth(a, b) > 0 }

// compareWorth compares by what matters most to a reader first: whether the finding counts, how certain it is, what it
// names, how bad it is. The rest only makes the choice independent of the order.
func compareWorth(a, b *Finding) int {
	return cmp.Or(
		compareBool(a.Note == "", b.Note == ""), // a note in one scope must not hide a finding that counts in another
		compareBool(a.Known == "", b.Known == ""),
		cmp.Compare(a.Level, b.Level),
		compareBool(a.Loop != nil, b.Loop != nil),
		compareBool(a.Parent != nil, b.Parent != nil),
		compareBool(a.Fix.SQL != "", b.Fix.SQL != ""),
		cmp.Compare(a.Most(), b.Most()),
		cmp.Compare(len(a.Evidence), len(b.Evidence)),
		cmp.Compare(len(a.Snippet), len(b.Snippet)),
		cmp.Compare(b.Package, a.Package),
		cmp.Compare(b.Scope, a.Scope),
		cmp.Compare(b.Message, a.Message),
	)
}

// compareBool compares two conditions; true is greater.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// SlowestFirst is the order of a finding's statements and of a scope's slowest ones: by total time, then by text,
// fingerprint and call site.
func SlowestFirst(a, b StatementStat) int {
	return cmp.Or(
		cmp.Compare(b.Milliseconds, a.Milliseconds),
		cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Fingerprint, b.Fingerprint),
		cmp.Compare(a.CallSite.File, b.CallSite.File),
		cmp.Compare(a.CallSite.Line, b.CallSite.Line),
	)
}

// MostRepeatedFirst is the order of a scope's most repeated statements: by count, then as SlowestFirst.
func MostRepeatedFirst(a, b StatementStat) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), SlowestFirst(a, b))
}

// SlowestScopeFirst is the order of scopes in a profile: by total time, then by name and package.
func SlowestScopeFirst(a, b ScopeProfile) int {
	return cmp.Or(cmp.Compare(b.Milliseconds, a.Milliseconds), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Package, b.Package))
}

// SameStatement reports whether a and b count the same statement: one fingerprint, issued at one line.
func SameStatement(a, b StatementStat) bool {
	return a.Fingerprint == b.Fingerprint && a.CallSite.File == b.CallSite.File && a.CallSite.Line == b.CallSite.Line
}

// A Set has the best finding of each identity. Its zero value is empty. It is not safe for concurrent use.
type Set struct {
	Max int // how many findings it has at most; further ones are dropped. 0 for no limit

	byIdentity map[string]*Finding
	anonymous  []Finding // without an identity, so that no two of them are the same
}

// Add adds f, unless the set has a better finding with its identity or is full. It reports whether f was added.
func (s *Set) Add(f Finding) bool {
	old, replaces := s.byIdentity[f.Identity]
	switch {
	case replaces && !Better(&f, old):
		return false
	case !replaces && s.Max > 0 && len(s.byIdentity)+len(s.anonymous) >= s.Max:
		return false
	case f.Identity == "":
		s.anonymous = append(s.anonymous, f)
		return true
	}
	if s.byIdentity == nil {
		s.byIdentity = make(map[string]*Finding)
	}
	s.byIdentity[f.Identity] = &f
	return true
}

// Findings returns the findings, in the order of Compare.
func (s *Set) Findings() []Finding {
	all := make([]Finding, 0, len(s.byIdentity)+len(s.anonymous))
	for _, f := range s.byIdentity {
		all = append(all, *f)
	}
	all = append(all, s.anonymous...)
	Sort(all)
	return all
}
