package flow

import (
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// sites returns the calls of a stack, from the one that ran the statement outwards, as far as they stand in code of the
// user's that can be read. What a test does with rows is its own.
func (a *Analyser) sites(stack []analysis.Frame) (sites []site, ok bool) {
	from := slices.IndexFunc(stack, a.readable)
	if from < 0 {
		return nil, false
	}
	for _, fr := range stack[:from] {
		if loadsRelation(fr.Function) || !between(fr) {
			return nil, false
		}
	}
	if a.files.Generated(stack[from].Function, stack[from].File) {
		s, ok := a.site(stack, from)
		if !ok || !answersRows(s.call) { // as ent's do; sqlc's are plain code
			for ; from < len(stack) && (!a.readable(stack[from]) || a.files.Generated(stack[from].Function, stack[from].File)); from++ {
				if loadsRelation(stack[from].Function) || !a.readable(stack[from]) && !between(stack[from]) {
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

// between reports whether fr is code that may stand between the user's and database/sql and hands on all rows: a data
// layer's or the standard library's. Another library may keep rows, or make something else of them.
func between(fr analysis.Frame) bool {
	path := frame.Package(fr.Function)
	host, _, _ := strings.Cut(path, "/")
	return !strings.Contains(host, ".") || layer(path)
}

// loadsRelation reports whether a function of a data layer fetches what belongs to rows that are fetched already: it fills
// what belongs to rows of another statement.
func loadsRelation(function string) bool {
	name := strings.ToLower(function[strings.LastIndexByte(function, '.')+1:])
	for _, word := range [...]string{"preload", "eager", "association", "loadrel", "relation"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return strings.HasPrefix(name, "load")
}
