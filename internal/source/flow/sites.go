package flow

import (
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
)

// sites returns the calls of a stack, from the one that ran the statement outwards, as far as they stand in code of the
// user's that can be read. What a test does with rows is its own.
func (a *Analyser) sites(stack []analysis.Frame) (sites []site, ok bool) {
	from := slices.IndexFunc(stack, a.readable)
	if from < 0 {
		return nil, false
	}
	for _, fr := range stack[:from] {
		if a.loadsRelation(fr) || !between(fr) {
			return nil, false
		}
	}
	if a.files.Generated(stack[from].Function, stack[from].File) {
		s, ok := a.site(stack, from)
		if !ok || !answersRows(s.call) { // as ent's do; sqlc's are plain code
			for ; from < len(stack) && (!a.readable(stack[from]) || a.files.Generated(stack[from].Function, stack[from].File)); from++ {
				if a.loadsRelation(stack[from]) || !a.readable(stack[from]) && !between(stack[from]) {
					return nil, false
				}
			}
			if from == len(stack) {
				return nil, false
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
		sites = append(sites, s)
	}
	return sites, len(sites) > 0
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

// readable reports whether fr is code of the user's, other than a test's, whose source is on disk.
func (a *Analyser) readable(fr analysis.Frame) bool {
	return frame.User(fr.Function, fr.File) && !frame.Test(fr.File) && a.files.OnDisk(fr.Function, fr.File) != ""
}

func (a *Analyser) dir(fr analysis.Frame) string {
	return filepath.ToSlash(filepath.Dir(a.files.OnDisk(fr.Function, fr.File)))
}

func answersRows(call ssa.CallInstruction) bool {
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
	path := frame.Package(fr.Function)
	return frame.Standard(path) || layer(path)
}

// loadsRelation reports whether a function loads the related rows of rows that are already loaded: one of a data layer,
// or in a file that ent generated.
func (a *Analyser) loadsRelation(fr analysis.Frame) bool {
	pkg := frame.Package(fr.Function)
	name := fr.Function[min(len(pkg)+1, len(fr.Function)):]
	if layers.OfFunction(pkg, name).Has(layers.RelationLoader) {
		return true
	}
	const entLoader = "Query).load" // (*UserQuery).loadPets
	return strings.HasPrefix(name, "(*") && strings.Contains(name, entLoader) && a.files.Generated(fr.Function, fr.File) && a.files.Imports(fr, "entgo.io/ent")
}
