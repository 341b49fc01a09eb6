package flow

import (
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// An Analyser answers what the source does with the rows of statements. It keeps the packages that it has loaded, and its
// answers. Its methods may be called concurrently.
type Analyser struct {
	loader *loader
	files  *files.Set

	mu    sync.Mutex
	known map[string]analysis.RowUse
	flows map[string]analysis.Flow
	acts  map[*ssa.Function]act
}

// New returns an Analyser that reads the files of set.
func New(set *files.Set) *Analyser {
	return &Analyser{loader: newLoader(), files: set, known: map[string]analysis.RowUse{}, acts: map[*ssa.Function]act{}, flows: map[string]analysis.Flow{}}
}

// Unchecked returns the folders whose packages could not be loaded so far, so that nothing is known about their rows and
// values, and why. It includes those beyond the limits of the process.
func (a *Analyser) Unchecked() []Unchecked { return a.loader.failed() }

// Rows says what the source does with the rows that the statement at stack returned, whose frames run from its caller
// outwards. What it cannot load or follow is unknown: the zero RowUse.
func (a *Analyser) Rows(stack []analysis.Frame) (use analysis.RowUse) {
	key := stackKey(stack)
	a.mu.Lock()
	defer a.mu.Unlock()
	if use, ok := a.known[key]; ok {
		return use
	}
	defer func() {
		if recover() != nil { // go/ssa panics on what it does not know; the tests of the service must not
			use = analysis.RowUse{}
		}
		if len(a.known) < maxAnswers {
			a.known[key] = use
		}
	}()
	sites, ok := a.sites(stack)
	if !ok {
		return analysis.RowUse{}
	}
	return a.analyse(sites)
}

const maxAnswers = 4096

// analyse follows what the first site's call returned, out to the last site's function.
func (a *Analyser) analyse(sites []site) analysis.RowUse {
	answered := true
	fresh := func() *flow {
		f := &flow{loader: a.loader, files: a.files, returns: map[*ssa.Function][]ssa.CallInstruction{}, through: map[ssa.CallInstruction]bool{}, fields: map[slot]columns{}, raised: map[slot]string{}}
		for i, s := range sites[1:] {
			f.returns[sites[i].fn] = append(f.returns[sites[i].fn], s.call)
			f.through[s.call] = s.call.Common().IsInvoke()
		}
		f.start = func(f *flow) { answered = f.answered(sites[0].call) }
		return f
	}
	f := fresh()
	f.run()
	if !answered || f.overflow || f.lost {
		return analysis.RowUse{}
	}
	f.step()
	use := f.summary()
	if f.oneRow { // called in a loop, it is n-plus-one's
		use.Counts, use.Exists = nil, nil
		return use
	}
	use.Filter = a.filter(f, fresh)
	use.Folds = f.folds(use.Filter)
	return use
}
