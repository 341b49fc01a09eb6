package report

import (
	"io"

	"github.com/nplusgone/nplusgone/finding"
)

// A Stream is a report whose findings are read one by one, because there may be too many for a Document. Its findings are
// normalized (finding.Normalize) and in order (finding.Compare).
type Stream struct {
	Tool     Tool
	Profile  finding.Profile
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
}

// Add counts a finding of kind k and level l.
func (t *Tally) Add(k Kind, l finding.Level) {
	switch k {
	case Noted:
		t.Notes++
	case Known:
		t.Known++
	default:
		t.Levels[l]++
	}
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
