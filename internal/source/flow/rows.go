package flow

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// An Analyser analyses the flow of values in the application's source. It caches the packages that it has loaded, and its
// results. Its methods may be called concurrently.
type Analyser struct {
	loader *loader
	files  *files.Set

	mu    sync.Mutex
	known map[string]analysis.RowUse
	flows map[string]analysis.Flow
	acts  map[*ssa.Function]act
}

// New returns an Analyser that reads the files of set.
func New(set *files.Set, build *Build) *Analyser {
	if build == nil {
		b := runningBuild()
		build = &b
	}
	return &Analyser{loader: newLoader(*build), files: set, known: map[string]analysis.RowUse{}, acts: map[*ssa.Function]act{}, flows: map[string]analysis.Flow{}}
}

// Unchecked returns the folders whose packages could not be loaded so far, and why: nothing is known about the rows and
// values in them. It includes those beyond the limits of the process.
func (a *Analyser) Unchecked() []Unchecked { return a.loader.failed() }

// Rows returns the uses of the rows of the statement at stack, whose frames run from its caller outwards. It returns the
// zero RowUse if it cannot load or follow them.
func (a *Analyser) Rows(stack []analysis.Frame) (use analysis.RowUse) {
	key := stackKey(stack)
	a.mu.Lock()
	defer a.mu.Unlock()
	if use, ok := a.known[key]; ok {
		return use
	}
	defer func() {
		if recover() != nil { // go/ssa may panic; the application's tests must not
			use = analysis.RowUse{}
		}
		if len(a.known) < maxAnswers {
			a.known[key] = use
		}
	}()
	way, why := a.sites(stack)
	if why != "" {
		return analysis.RowUse{Unknown: why}
	}
	if use = a.analyse(way); use.Known {
		return use
	}
	if outer := a.aroundHook(stack); outer != nil {
		if way, why := a.sites(outer); why == "" {
			return a.analyse(way)
		}
	}
	return use
}

// aroundHook returns the frames of a stack from those of the data layer outwards that called the first frame of the application; nil
// if no data layer did. Such a function may be a hook that measures or repeats statements, and the rows go on to the call further
// out.
func (a *Analyser) aroundHook(stack []analysis.Frame) []analysis.Frame {
	from := slices.IndexFunc(stack, a.readable)
	for i := from; i >= 0 && i < len(stack); i++ {
		if !a.readable(stack[i]) {
			if layer(frame.PackageOf(stack[i].Function, stack[i].File)) {
				return stack[i:]
			}
			return nil
		}
	}
	return nil
}

const maxAnswers = 4096

// A way is where the rows of a statement go on from a data layer.
type way struct {
	sites    []site // the calls, from the one that ran the statement outwards
	relation bool   // the rows are those of a relation of the rows that the first call returns
}

// analyse follows the results of the first site's call, outwards to the last site's function.
func (a *Analyser) analyse(w way) analysis.RowUse {
	sites := w.sites
	fresh := func() *flow {
		f := &flow{
			loader: a.loader, files: a.files, returns: map[*ssa.Function][]ssa.CallInstruction{}, open: map[*ssa.Function]bool{}, sites: sites,
			promoted: map[ssa.CallInstruction]bool{}, through: map[ssa.CallInstruction]bool{}, fields: map[slot]columns{}, raised: map[slot]string{}, relation: w.relation,
		}
		for i, s := range sites[1:] {
			f.returns[sites[i].fn] = append(f.returns[sites[i].fn], s.call)
			f.through[s.call] = s.call.Common().IsInvoke()
		}
		f.start = func(f *flow) { f.results(sites[0].call) }
		return f
	}
	f := fresh()
	f.run()
	if f.lost != "" {
		return analysis.RowUse{Unknown: f.lost}
	}
	if f.overflow {
		return analysis.RowUse{Unknown: "the rows take too many ways"}
	}
	if w.relation && len(f.touched) != 1 {
		return analysis.RowUse{Unknown: "the data layer loads the rows for a relation, and it is not known for which one"}
	}
	f.step()
	use := f.summary()
	if f.oneRow { // a loop of such statements is reported by n-plus-one
		use.Counts, use.Exists = nil, nil
		return use
	}
	use.Filter = a.filter(f, fresh)
	use.Folds, use.By = f.folds(use.Filter)
	use.First = a.firstRow(f, fresh)
	return use
}

// sites returns the calls of a stack, from the one that ran the statement outwards, as far as the frames are of the
// application and can be read; or why there are none. Tests are left out: rules do not judge their use of rows.
func (a *Analyser) sites(stack []analysis.Frame) (w way, why string) {
	from := slices.IndexFunc(stack, a.readable)
	if from < 0 {
		return way{}, "no code of the application that is no test runs the statement"
	}
	w.relation = a.relation(stack[:from])
	for _, fr := range stack[:from] {
		if !between(fr) {
			return way{}, "another library handles the rows: " + fr.Function
		}
	}
	if a.files.Generated(stack[from].Function, stack[from].File) {
		s, ok := a.site(stack, from)
		if !ok || !returnsRows(s.call) { // rows are read in the generated code, as by ent; sqlc returns them
			for ; from < len(stack) && (!a.readable(stack[from]) || a.files.Generated(stack[from].Function, stack[from].File)); from++ {
				w.relation = w.relation || a.LoadsRelation(stack[from])
				if !a.readable(stack[from]) && !between(stack[from]) {
					return way{}, "another library handles the rows: " + stack[from].Function
				}
			}
			if from == len(stack) {
				return way{}, "only generated code and tests are on the stack"
			}
		}
	}
	var dirs []string
	for _, fr := range stack[from:] {
		if a.readable(fr) {
			dirs = append(dirs, a.dir(fr))
		}
	}
	a.loader.packages(dirs...)
	for i := from; i < len(stack) && a.readable(stack[i]); i++ {
		s, ok := a.site(stack, i)
		if !ok {
			break
		}
		w.sites = append(w.sites, s)
	}
	if len(w.sites) == 0 {
		return way{}, fmt.Sprintf("the call at %s:%d cannot be read, or is one of several", filepath.Base(stack[from].File), stack[from].Line)
	}
	return w, ""
}

// relation reports whether the frames of a data layer, those within the application's call, load a relation of the rows that this call
// loads.
func (a *Analyser) relation(frames []analysis.Frame) (loads bool) {
	for i, fr := range frames {
		loads = a.LoadsRelation(fr) || loads
		if i == len(frames)-1 && readsInto(fr) && a.LoadsRelation(fr) {
			return false
		}
	}
	return loads
}

// readsInto reports whether a function that loads relations is given the variable to read them into.
func readsInto(fr analysis.Frame) bool {
	name := fr.Function[strings.LastIndexByte(fr.Function, '.')+1:]
	return name == "Related" || name == "Find"
}

func (a *Analyser) site(stack []analysis.Frame, i int) (site, bool) {
	p := a.loader.in(a.dir(stack[i]))
	if p == nil {
		return site{}, false
	}
	inner := ""
	if i > 0 {
		inner = stack[i-1].Function
	}
	return p.call(stack[i].File, stack[i].Line, inner)
}

// readable reports whether fr is application code, but no test, in a file on disk.
func (a *Analyser) readable(fr analysis.Frame) bool {
	return frame.User(fr.Function, fr.File) && !frame.Test(fr.File) && a.files.OnDisk(fr.Function, fr.File) != ""
}

func (a *Analyser) dir(fr analysis.Frame) string {
	return filepath.ToSlash(filepath.Dir(a.files.OnDisk(fr.Function, fr.File)))
}

func returnsRows(call ssa.CallInstruction) bool {
	results := call.Common().Signature().Results()
	for i := range results.Len() {
		if rowsType(results.At(i).Type()) != 0 {
			return true
		}
	}
	return false
}

// between reports whether fr is code that may be between the application and database/sql and passes on all rows: of a
// data layer, a driver or the standard library. Another library may keep rows, or make something else of them.
func between(fr analysis.Frame) bool {
	path := frame.PackageOf(fr.Function, fr.File)
	return frame.Standard(path) || layer(path)
}

// LoadsRelation reports whether a function loads the related rows of rows that are already loaded: one of a data layer,
// or in a file that ent generated.
func (a *Analyser) LoadsRelation(fr analysis.Frame) bool {
	pkg := frame.Package(fr.Function)
	name := fr.Function[min(len(pkg)+1, len(fr.Function)):]
	if layers.OfFunction(pkg, name).Has(layers.RelationLoader) {
		return true
	}
	const entLoader = "Query).load" // (*UserQuery).loadPets
	return strings.HasPrefix(name, "(*") && strings.Contains(name, entLoader) && a.files.Generated(fr.Function, fr.File) && a.files.Imports(fr, "entgo.io/ent")
}
