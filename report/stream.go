package report

import (
	"cmp"
	"io"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// A Stream is a report whose findings are read one by one, because there may be too many for a Document. Its findings are
// normalized (finding.Normalize) and in order (finding.Compare).
type Stream struct {
	Tool     Tool
	Profile  finding.Profile // without SetAside, which is in Tally
	Runs     []finding.TestRun
	Deferred []finding.Deferred
	Tally    Tally

	// Each calls fn with the findings of the given kinds, in order, until fn returns an error, and returns that error. A
	// format calls it several times.
	Each func(kinds Kind, fn func(*finding.Finding) error) error
}

// Write writes s as the function Write writes a Document.
func (s *Stream) Write(w io.Writer, format string, opts Options) error {
	return write(w, format, s, opts)
}

// Incomplete returns why the absence of findings in s is inconclusive, one reason per element; none when all that should
// have been checked was checked. A check that finds nothing must not succeed when there is a reason.
func (s *Stream) Incomplete() (reasons []string) {
	for _, g := range s.gaps() {
		reasons = append(reasons, list(": ", g.pkg, g.why))
	}
	return reasons
}

// A gap is something that was not checked.
type gap struct {
	kind string // one of the following
	pkg  string // import path of the package whose run is incomplete
	why  string
}

// The kinds of gaps.
const (
	incomplete = "incomplete"          // a kept run
	notChecked = "not checked"         // an entry of Profile.NotChecked
	nothingRan = "nothing was checked" // no statement ran
)

func (s *Stream) gaps() (gaps []gap) {
	for _, r := range s.Runs {
		if r.Missing != "" {
			gaps = append(gaps, gap{incomplete, r.Package, r.Missing})
		}
	}
	for _, why := range s.Profile.NotChecked {
		gaps = append(gaps, gap{notChecked, "", why})
	}
	if a := activityOf(s.Profile); s.Tally.All() == 0 && a.statements == 0 {
		gaps = append(gaps, gap{nothingRan, "", a.nothing()})
	}
	return gaps
}

// A Kind says how a report treats a finding. Kinds are bits and can be combined.
type Kind uint8

// The kinds.
const (
	Counted  Kind = 1 << iota // a finding of any level that is neither a note nor known
	Noted                     // a note
	Known                     // in a baseline
	AllKinds = Counted | Noted | Known
)

// KindOf returns the kind of f.
func KindOf(f *finding.Finding) Kind {
	switch {
	case f.Note != "":
		return Noted
	case f.Known != "":
		return Known
	}
	return Counted
}

// A Tally has the numbers of a stream's findings, so that a format can write them before it reads the first finding.
type Tally struct {
	Levels [finding.Proven + 1]int // findings of kind Counted, by level
	Notes  int
	Known  int
	aside  map[string]int // findings that a mitigation set aside, by its name
}

// Add counts a finding of kind k and level l. setAsideBy is what Finding.SetAsideBy returns.
func (t *Tally) Add(k Kind, l finding.Level, setAsideBy string) {
	switch k {
	case Noted:
		t.Notes++
	case Known:
		t.Known++
		return
	default:
		t.Levels[l]++
	}
	if setAsideBy == "" {
		return
	}
	if t.aside == nil {
		t.aside = make(map[string]int)
	}
	t.aside[setAsideBy]++
}

// From returns how many findings of kind Counted have level l or a higher one.
func (t Tally) From(l finding.Level) (n int) {
	for ; l <= finding.Proven; l++ {
		n += t.Levels[l]
	}
	return n
}

// All returns how many findings there are of all kinds.
func (t Tally) All() int { return t.From(finding.Suspect) + t.Notes + t.Known }

// SetAside returns how many findings each mitigation set aside, the largest number first.
func (t Tally) SetAside() (all []finding.SetAside) {
	for name, n := range t.aside {
		all = append(all, finding.SetAside{Mitigation: name, Findings: n})
	}
	slices.SortFunc(all, func(a, b finding.SetAside) int {
		return cmp.Or(cmp.Compare(b.Findings, a.Findings), cmp.Compare(a.Mitigation, b.Mitigation))
	})
	return all
}
