package flow

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// Flows implements analysis.Source. It follows the arguments of the statement at the stack child backwards: through
// variables, fields, elements, channels, closures, the calls of both stacks, and functions of the application that are
// called on the way. It distinguishes fields, but neither indexes nor the order of instructions.
func (a *Analyser) Flows(parent, child []analysis.Frame, loop analysis.Loop) (found analysis.Flow) {
	if loop.Frame < 0 || loop.Frame >= len(child) || len(parent) == 0 {
		return analysis.Flow{}
	}
	key := stackKey(parent) + "\x00" + stackKey(child) + "\x00" + loop.File + string(rune(loop.Line))
	a.mu.Lock()
	defer a.mu.Unlock()
	if found, ok := a.flows[key]; ok {
		return found
	}
	defer func() {
		if recover() != nil { // the tests of the application must not fail because of an error here
			found = analysis.Flow{}
		}
		if len(a.flows) < maxAnswers {
			a.flows[key] = found
		}
	}()
	found = a.follow(parent, child, loop)
	inTest := func(fr analysis.Frame) bool { return frame.Test(fr.File) && readableFrame(fr) }
	if found.Result == analysis.FlowUnknown && (slices.ContainsFunc(parent, inTest) || slices.ContainsFunc(child, inTest)) {
		var dirs []string
		for _, stack := range [][]analysis.Frame{parent, child} {
			for _, fr := range stack {
				if inTest(fr) && a.files.OnDisk(fr.Function, fr.File) != "" {
					dirs = append(dirs, a.dir(fr))
				}
			}
		}
		a.loader.packagesWithTests(dirs...)
		found = a.follow(parent, child, loop)
	}
	return found
}

// follow looks for a flow in the packages that are loaded, and loads those of the stacks that are not, without tests.
func (a *Analyser) follow(parent, child []analysis.Frame, loop analysis.Loop) analysis.Flow {
	r := &reach{flow: flow{loader: a.loader, files: a.files}, seen: map[step]bool{}, synthetic: map[*ssa.Function]*activation{}, interned: map[descent]*activation{}}
	if !a.prepare(r, parent, child, loop) {
		return analysis.Flow{}
	}
	r.run()
	return r.outcome()
}

// A reach follows the arguments of one statement back to where they come from.
type reach struct {
	flow
	child, parent *callStack
	loopFrame     *activation // of the function with the loop, or that called the library with it
	loopFn        *ssa.Function
	loopBlocks    map[*ssa.BasicBlock]bool
	loopHead      *ssa.BasicBlock
	loopLine      int
	relation      bool // the parent's statement loads a relation of the rows that its call returns
	helper        bool // the loop is a library's, or ranges over a function: the callback's parameters change with its turns

	queue     []step
	seen      map[step]bool
	synthetic map[*ssa.Function]*activation
	interned  map[descent]*activation

	shown    bool // a value of the parent's result arrives, and changes with the turns
	same     bool // such a value arrives, and is the same in each turn
	varies   bool // some value arrives that changes with the turns
	moved    bool // the loop stores in memory that outlives a turn: what is read there may be another value in each turn
	unknown  bool // a value comes from where it cannot be followed
	overflow bool
}

// A step is a value to be followed.
type step struct {
	v    ssa.Value
	path string      // the part of the value that is wanted, see path.go
	at   *activation // the call of the value's function
	turn bool        // what was followed so far changes with the turns of the loop
	mem  bool        // what is wanted was stored at the address v
}

// prepare locates the frames of both stacks and the loop.
func (a *Analyser) prepare(r *reach, parent, child []analysis.Frame, loop analysis.Loop) bool {
	var dirs []string
	for _, stack := range [][]analysis.Frame{parent, child} {
		for _, fr := range stack {
			if a.readable(fr) {
				dirs = append(dirs, a.dir(fr))
			}
		}
	}
	a.loader.packages(dirs...)
	// Frames that both stacks have are one call: the outermost ones, and the function in which the two part.
	shared := 0
	for shared < len(parent) && shared < len(child) && parent[len(parent)-1-shared] == child[len(child)-1-shared] {
		shared++
	}
	if p, c := len(parent)-1-shared, len(child)-1-shared; p >= 0 && c >= 0 && parent[p].Function == child[c].Function && parent[p].File == child[c].File {
		shared++
	}
	if from := slices.IndexFunc(parent, a.readable); from > 0 {
		r.relation = a.relation(parent[:from])
	}
	r.parent = a.callStack(parent, nil, 0)
	r.child = a.callStack(child, r.parent, shared)
	if !r.parent.complete() || !r.child.complete() || !r.findLoop(a, child, loop) {
		return false
	}
	r.enterLoop()
	return true
}

// outcome returns what was found.
func (r *reach) outcome() analysis.Flow {
	var f analysis.Flow
	unknown := r.unknown || r.overflow || r.same && r.moved
	switch {
	case r.shown:
		f.Result = analysis.FlowShown
	case !unknown:
		f.Result = analysis.FlowExcluded
	}
	switch {
	case r.varies || r.shown:
		f.Turns = analysis.FlowShown
	case !unknown:
		f.Turns = analysis.FlowExcluded
	}
	return f
}

// stackKey returns a text that distinguishes stacks.
func stackKey(stack []analysis.Frame) string {
	var key strings.Builder
	for _, fr := range stack {
		key.WriteString(fr.Function)
		key.WriteByte(0)
		key.WriteString(fr.File)
		key.WriteByte(byte(fr.Line))
		key.WriteByte(byte(fr.Line >> 8))
		key.WriteByte(byte(fr.Line >> 16))
	}
	return key.String()
}

// findLoop locates the loop: a for statement in the function of its frame or around the literal or the statement that
// started it, or the call of a library.
func (r *reach) findLoop(a *Analyser, child []analysis.Frame, loop analysis.Loop) bool {
	r.loopFrame = r.child.frames[loop.Frame]
	if loop.Helper != "" {
		r.helper = true
		return r.loopFrame != nil
	}
	r.loopLine = loop.Line
	fr := child[loop.Frame]
	file := fr.File
	if filepath.Base(loop.File) != filepath.Base(file) {
		file = filepath.ToSlash(filepath.Join(filepath.Dir(file), filepath.Base(loop.File)))
	}
	p := a.loader.with(a.dir(fr), filepath.Base(file))
	if p == nil {
		return false
	}
	for _, fn := range p.spanning(file, loop.Line, loop.Line) {
		if blocks, head := p.loopAt(fn, loop.Line, loop.End); blocks != nil && len(blocks) > len(r.loopBlocks) {
			r.loopFn, r.loopBlocks, r.loopHead = fn, blocks, head
		}
	}
	if r.loopFn != nil {
		return true
	}
	// The body of a range over a function is a function itself.
	r.helper = slices.ContainsFunc(p.spanning(file, r.loopLine, r.loopLine), func(fn *ssa.Function) bool {
		loop, ok := fn.Syntax().(*ast.RangeStmt)
		return ok && p.at(loop.For, file, r.loopLine)
	})
	return r.helper && r.loopFrame != nil
}

// loopAt returns the blocks and the head of the loop of fn that is written on the lines from first to last.
func (p *pkg) loopAt(fn *ssa.Function, first, last int) (blocks map[*ssa.BasicBlock]bool, head *ssa.BasicBlock) {
	for _, b := range fn.Blocks {
		l := loopOf(b)
		if l == nil || len(l.blocks) <= len(blocks) {
			continue
		}
		inside := true
		for block := range l.blocks {
			for _, in := range block.Instrs {
				if pos := in.Pos(); pos.IsValid() {
					line := p.fset.Position(pos).Line
					_, phi := in.(*ssa.Phi) // it has the position of the variable
					inside = inside && (phi || isAlloc(in) || first <= line && line <= last)
				}
			}
		}
		if inside {
			blocks, head = l.blocks, b
		}
	}
	return blocks, head
}

func isAlloc(in ssa.Instruction) bool {
	_, ok := in.(*ssa.Alloc)
	return ok
}

// start puts the arguments of the child's statement into the queue.
func (r *reach) start() bool {
	for _, act := range r.child.frames {
		if act == nil {
			continue
		}
		call := r.child.calls[act].call
		if call != nil {
			r.arguments(call, act, 0)
		}
		return call != nil
	}
	return false
}

// arguments wants what a call that runs a statement is given: not the context, and of a receiver only what calls of a
// data layer have put into it.
func (r *reach) arguments(call ssa.CallInstruction, at *activation, depth int) {
	common := call.Common()
	args := common.Args
	if common.IsInvoke() {
		r.receiver(common.Value, at, depth)
	} else if common.Signature().Recv() != nil && len(args) > 0 {
		r.receiver(args[0], at, depth)
		args = args[1:]
	}
	for _, arg := range args {
		if !isContext(arg.Type()) {
			r.want(step{v: arg, path: anything, at: at})
		}
	}
}

// receiver wants the arguments of the calls that made a query: db.Where("id = ?", id) of db.Where("id = ?", id).First(&u).
func (r *reach) receiver(v ssa.Value, at *activation, depth int) {
	if call, ok := v.(*ssa.Call); ok && depth < 32 && r.ofDataLayer(call) {
		r.arguments(call, at, depth+1)
	}
}

func isContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

// run follows values until the queue is empty, or a flow is shown.
func (r *reach) run() {
	if !r.start() {
		r.unknown = true
		return
	}
	r.follow()
}

// follow follows the queued values.
func (r *reach) follow() {
	for len(r.queue) > 0 && !r.shown {
		s := r.queue[len(r.queue)-1]
		r.queue = r.queue[:len(r.queue)-1]
		if s.mem {
			r.stored(s)
		} else {
			r.value(s)
		}
	}
}

// want puts a step into the queue, once.
func (r *reach) want(s step) {
	if s.v == nil || r.seen[s] || r.overflow {
		return
	}
	if len(r.seen) >= maxValues {
		r.overflow = true
		return
	}
	r.seen[s] = true
	r.queue = append(r.queue, s)
}

// arrives notes that a value comes from the parent's statement. t is the type of what its call returned or filled, of which the step
// wants a part: a column of these rows is not one of the relation that the statement loads.
func (r *reach) arrives(t types.Type, s step) {
	if r.relation && ofOwnColumn(t, s.path) {
		r.ends(s)
		return
	}
	if s.turn || s.at.inLoop {
		r.shown = true
	}
	r.same = true
}

// ends notes that a value comes from somewhere else.
func (r *reach) ends(s step) { r.varies = r.varies || s.turn }

// lost notes that a value cannot be followed.
func (r *reach) lost(s step) {
	r.unknown = true
	r.ends(s)
}

// inLoop reports whether an instruction is in the loop.
func (r *reach) inLoop(in ssa.Instruction, at *activation) bool {
	return in != nil && r.loopBlocks[in.Block()] || at != nil && at.inLoop
}

// readableFrame reports whether fr is application code.
func readableFrame(fr analysis.Frame) bool { return frame.User(fr.Function, fr.File) }
