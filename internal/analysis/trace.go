package analysis

import (
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A trace is a stack, symbolised.
type trace struct {
	frames   []Frame          // from the caller of database/sql outwards
	user     int              // index of the first frame of the user's own code; -1 when there is none
	site     finding.Position // that frame
	byStmt   bool             // a *sql.Stmt ran the statement
	unrolled *unrolled        // nil until it is asked for
	setUp    bool             // the stack leads through code that prepares a database: migrations, seeds, fixtures
}

func (p *Pass) trace(id stack.ID) *trace {
	if t, ok := p.traces[id]; ok {
		return t
	}
	t := newTrace(id, p.cfg.Source)
	if p.traces == nil {
		p.traces = make(map[stack.ID]*trace, len(p.groups))
	}
	p.traces[id] = t
	return t
}

func newTrace(id stack.ID, source Source) *trace {
	named := names.of(id)
	t := &trace{frames: named.frames, user: named.first, site: named.site, byStmt: named.byStmt, setUp: named.setUp}
	if source == nil || t.user < 0 {
		return t
	}
	for t.user < len(t.frames) && (!named.user[t.user] || source.Generated(t.frames[t.user].Function, t.frames[t.user].File)) {
		t.user++
	}
	if t.user == len(t.frames) {
		t.user = -1
		return t
	}
	t.site = placeOf(t.frames[t.user])
	t.site.Text = source.Line(t.frames[t.user].File, t.frames[t.user].Line)
	return t
}

// CallSite returns where the user's code issued a statement; the zero Position when no code of the user's is on the stack.
func CallSite(id stack.ID, source Source) finding.Position {
	t := newTrace(id, source)
	if t.user < 0 {
		return finding.Position{}
	}
	return t.site
}

// ApplicationFrames returns the frames of a stack from the caller of database/sql outwards; ok is false for set-up code.
func ApplicationFrames(id stack.ID) (frames []Frame, ok bool) {
	t := newTrace(id, nil)
	return t.frames, !t.setUp
}

// plumbing reports whether a function lies between a statement and whoever called database/sql.
func plumbing(function string) bool {
	switch frame.Package(function) {
	case "database/sql", "github.com/ngrok/sqlmw", "github.com/nplusgone/nplusgone/driver", "runtime":
		return true
	}
	return false
}

// place returns where f is, with its line of source where that is at hand.
func (p *Pass) place(f Frame) finding.Position {
	place := placeOf(f)
	place.Text = p.line(f)
	return place
}

func placeOf(f Frame) finding.Position {
	return finding.Position{File: frame.Relative(f.Function, f.File), Line: f.Line, Function: frame.Name(f.Function)}
}

// preparesDatabase reports whether f is code that prepares a database: of a migrator, or a function that the language runs
// before the program or its tests begin.
func preparesDatabase(f Frame, user bool) bool {
	path, name := frame.Package(f.Function), strings.TrimPrefix(f.Function, frame.Package(f.Function)+".")
	if !user {
		return layers.OfFunction(path, name).Has(layers.Migrator)
	}
	number, numbered := strings.CutPrefix(name, "init.") // as the compiler names init functions; init.func1 may be called later
	return name == "init" || numbered && number != "" && strings.Trim(number, "0123456789") == "" || name == "TestMain" && frame.Test(f.File)
}
