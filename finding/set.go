package finding

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
