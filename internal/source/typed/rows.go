package typed

import (
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// An Analyser answers what the source does with the rows of statements. It keeps the packages that it has loaded, and its
// answers. Its methods may be called concurrently.
type Analyser struct {
	loader *loader
	files  Files

	mu    sync.Mutex
	known map[string]detector.RowUse
}

// Files is where the source lies.
type Files interface {
	// OnDisk returns the path of a file that was compiled in under the name file, "" when it is not on disk.
	OnDisk(function, file string) string
	// Relative returns the path of a file on disk as reports have it.
	Relative(function, file string) string
	// Line returns the text of a line of a file as reports name it, trimmed, or "".
	Line(file string, line int) string
	// Generated reports whether a program wrote the file.
	Generated(function, file string) bool
}

// New returns an Analyser that finds source through files.
func New(files Files) *Analyser {
	return &Analyser{loader: newLoader(), files: files, known: map[string]detector.RowUse{}}
}

// Rows says what the source does with the rows that the statement at stack returned, whose frames run from its caller
// outwards. What it cannot load or follow is unknown: the zero RowUse.
func (a *Analyser) Rows(stack []detector.Frame) (use detector.RowUse) {
	var key strings.Builder
	for _, fr := range stack {
		key.WriteString(fr.Function)
		key.WriteByte(0)
		key.WriteString(fr.File)
		key.WriteByte(byte(fr.Line))
		key.WriteByte(byte(fr.Line >> 8))
		key.WriteByte(byte(fr.Line >> 16))
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if use, ok := a.known[key.String()]; ok {
		return use
	}
	defer func() {
		if recover() != nil { // go/ssa panics on what it does not know; the tests of the service must not
			use = detector.RowUse{}
		}
		if len(a.known) < maxAnswers {
			a.known[key.String()] = use
		}
	}()
	sites, ok := a.sites(stack)
	if !ok {
		return detector.RowUse{}
	}
	return a.analyse(sites)
}

const maxAnswers = 4096

// analyse follows what the first site's call returned, out to the last site's function.
func (a *Analyser) analyse(sites []site) detector.RowUse {
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
		return detector.RowUse{}
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

// sites returns the calls of a stack, from the one that ran the statement outwards, as far as they stand in code of the
// user's that can be read. What a test does with rows is its own.
func (a *Analyser) sites(stack []detector.Frame) (sites []site, ok bool) {
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

func (a *Analyser) site(stack []detector.Frame, i int) (site, bool) {
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
func (a *Analyser) readable(fr detector.Frame) bool {
	return frame.User(fr.Function, fr.File) && !frame.Test(fr.File) && a.files.OnDisk(fr.Function, fr.File) != ""
}

func (a *Analyser) dir(fr detector.Frame) string {
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
func between(fr detector.Frame) bool {
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

// step notes what stepping through rows says: without a column that is read, it counts them, or looks for one.
func (f *flow) step() {
	if len(f.reads) > 0 || len(f.escapes) > 0 {
		return
	}
	for _, next := range f.nexts {
		at := event{next.Pos(), next.Parent()}
		l := innermost(next.Block())
		if l == nil {
			f.exists = append(f.exists, at)
			continue
		}
		if pos, ok := l.counts(); ok {
			f.numbers = append(f.numbers, event{pos, next.Parent()})
		}
	}
}

// summary sums up what was found.
func (f *flow) summary() detector.RowUse {
	u := detector.RowUse{Known: true, Through: f.crossed, Gathered: f.gathered, Unread: len(f.reads) == 0 && len(f.escapes) == 0}
	if u.Unread {
		u.Counts, u.Exists = f.places(f.numbers), f.places(f.exists)
	}
	u.Reads = f.readColumns()
	for _, r := range f.reads {
		if r.as != readPass || r.cols == 0 {
			continue
		}
		at := r.instr.Parent().Prog.Fset.Position(r.instr.Pos())
		u.Feeds = append(u.Feeds, detector.Argument{
			Column: f.first(r.cols), Expr: r.expr, File: filepath.ToSlash(at.Filename), Line: at.Line, Only: f.onlyPassed(r.cols),
		})
	}
	return u
}

// onlyPassed reports whether columns are read for nothing but what becomes an argument.
func (f *flow) onlyPassed(cols columns) bool {
	for _, r := range f.reads {
		if r.cols&cols != 0 && r.as != readPass {
			return false
		}
	}
	for i := range f.columns {
		if cols&(1<<i) != 0 && f.escaped()&(1<<i) != 0 {
			return false
		}
	}
	return true
}

// readColumns returns the columns whose values are read, by whatever.
func (f *flow) readColumns() []detector.Column {
	cols := f.escaped()
	for _, r := range f.reads {
		cols |= r.cols
	}
	var out []detector.Column
	for i, c := range f.columns {
		if cols&(1<<i) != 0 {
			out = append(out, c)
		}
	}
	return out
}

// escaped returns the columns that stand in fields of types that went anywhere.
func (f *flow) escaped() (cols columns) {
	take := func(name string) {
		for s, c := range f.fields {
			if s.of == name {
				cols |= c
			}
		}
	}
	boxes, all := false, false
	for _, t := range f.escapes {
		b, a := reach(t, take)
		boxes, all = boxes || b, all || a
	}
	for _, t := range f.boxed {
		if boxes {
			_, a := reach(t, take)
			all = all || a
		}
	}
	if all {
		for _, c := range f.fields {
			cols |= c
		}
	}
	return cols
}

func (f *flow) places(events []event) (out []detector.Place) {
	for _, e := range events {
		if p := f.place(e); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// place returns where an event is, as reports have it.
func (f *flow) place(e event) detector.Place {
	at := e.in.Prog.Fset.Position(e.pos)
	function := runtimeName(e.in)
	file := f.files.Relative(function, filepath.ToSlash(at.Filename))
	return detector.Place{File: file, Line: at.Line, Function: frame.Name(function), Text: f.files.Line(file, at.Line)}
}

// runtimeName returns the name of the declared function around fn, as the runtime has it.
func runtimeName(fn *ssa.Function) string {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if fn.Pkg == nil {
		return fn.Name()
	}
	path := fn.Pkg.Pkg.Path()
	if recv := fn.Signature.Recv(); recv != nil {
		t, pointer := recv.Type(), false
		if p, ok := t.(*types.Pointer); ok {
			t, pointer = p.Elem(), true
		}
		if named, ok := t.(*types.Named); ok {
			if pointer {
				return path + ".(*" + named.Obj().Name() + ")." + fn.Name()
			}
			return path + "." + named.Obj().Name() + "." + fn.Name()
		}
	}
	return path + "." + fn.Name()
}

// filter returns the comparison that decides which rows are used, when nothing is done with the others.
func (a *Analyser) filter(f *flow, fresh func() *flow) *detector.Filter {
	tries := 0
	for _, r := range f.reads {
		for _, b := range f.branches(r) {
			if tries++; tries > 16 {
				return nil
			}
			rest := fresh()
			rest.free = func(block *ssa.BasicBlock) bool {
				return block != nil && block.Parent() == b.kept.Parent() && b.kept.Dominates(block)
			}
			rest.run()
			if rest.lost || rest.overflow || len(rest.escapes)+len(rest.numbers)+len(rest.exists) > 0 {
				continue
			}
			if !slices.ContainsFunc(rest.reads, func(r read) bool { return r.instr != b.read.instr }) {
				return &b.filter
			}
		}
	}
	return nil
}

// folds returns what is computed over all rows, or all that a filter keeps, when nothing else is done with them.
func (f *flow) folds(filter *detector.Filter) (found []detector.Fold) {
	if len(f.escapes) > 0 || len(f.reads) == 0 {
		return nil
	}
	add := func(name string, r read) {
		expr := r.expr
		if expr == "" {
			expr = f.placeholder(r.cols)
		}
		fold := detector.Fold{Func: name, Expr: expr, Place: f.place(event{r.instr.Pos(), r.instr.Parent()})}
		if !slices.Contains(found, fold) {
			found = append(found, fold)
		}
	}
	for _, r := range f.reads {
		switch r.as {
		case readSum:
			add("sum", r)
		case readMax:
			add("max", r)
		case readMin:
			add("min", r)
		case readPick: // looked at with its comparison
		case readCond:
			if name, ok := f.picked(r); ok {
				add(name, r)
			} else if filter == nil || f.first(r.cols) != filter.Column {
				return nil
			}
		default:
			return nil
		}
	}
	for _, r := range f.reads {
		if r.as == readPick && !f.compared(r) {
			return nil
		}
	}
	return found
}

// picked reports whether a comparison decides whether its value becomes the variable that it is compared with.
func (f *flow) picked(cond read) (name string, ok bool) {
	op, ok := cond.instr.(interface {
		Operands([]*ssa.Value) []*ssa.Value
	})
	if !ok {
		return "", false
	}
	bin, ok := op.(*ssa.BinOp)
	if !ok {
		return "", false
	}
	for _, r := range f.reads {
		if r.as != readPick || r.cols != cond.cols || r.expr != cond.expr || r.other != cond.other {
			continue
		}
		is := operators[bin.Op]
		if cond.other == bin.X {
			is = flipped[is]
		}
		switch is {
		case ">", ">=":
			return "max", true
		case "<", "<=":
			return "min", true
		}
	}
	return "", false
}

func (f *flow) compared(pick read) bool {
	return slices.ContainsFunc(f.reads, func(r read) bool {
		return r.as == readCond && r.cols == pick.cols && r.other == pick.other
	})
}
