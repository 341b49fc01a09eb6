package report

import (
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// A view is what a format is made from: a document, or a collection that is too large to be one. Its findings are
// settled and in order; a format may go over them more than once.
type view struct {
	tool       Tool
	profile    finding.Profile
	runs       []Run
	candidates []analysis.Candidate
	tally      tally
	each       func(kinds kind, fn func(*finding.Finding) error) error
}

// A kind is how a finding is treated. Kinds are bits, so that several can be asked for.
type kind uint8

const (
	counted kind = 1 << iota // a finding of any level
	noted                    // only a note
	known                    // let pass by a baseline
	all     = counted | noted | known
)

func kindOf(f *finding.Finding) kind {
	switch {
	case f.Note != "":
		return noted
	case f.Known != "":
		return known
	}
	return counted
}

// A tally says how many findings there are of each kind, before the first is read.
type tally struct {
	byLevel      [finding.Proven + 1]int // of those that are counted
	notes, known int
}

func (t *tally) add(k kind, l finding.Level) {
	switch k {
	case noted:
		t.notes++
	case known:
		t.known++
	default:
		t.byLevel[l]++
	}
}

// from returns how many findings there are of level l and surer.
func (t *tally) from(l finding.Level) (n int) {
	for ; l <= finding.Proven; l++ {
		n += t.byLevel[l]
	}
	return n
}

func (t *tally) all() int { return t.from(finding.Suspect) + t.notes + t.known }

// viewOf returns a view of a settled document.
func viewOf(d *Document) *view {
	v := &view{tool: d.Tool, profile: d.Profile, runs: d.Runs, candidates: d.Candidates}
	for i := range d.Findings {
		v.tally.add(kindOf(&d.Findings[i]), d.Findings[i].Level)
	}
	v.each = func(kinds kind, fn func(*finding.Finding) error) error {
		for i := range d.Findings {
			if kinds&kindOf(&d.Findings[i]) == 0 {
				continue
			}
			if err := fn(&d.Findings[i]); err != nil {
				return err
			}
		}
		return nil
	}
	return v
}
