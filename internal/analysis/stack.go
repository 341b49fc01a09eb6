package analysis

import (
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A callStack is the symbolised call stack of a statement. Passes without the source share it.
type callStack struct {
	frames   []Frame          // from the caller of database/sql outwards
	user     int              // index of the first frame of application code that no program generated and that does not pass on a statement of its caller; -1 if there is none
	site     finding.Position // position of that frame
	byStmt   bool             // a *sql.Stmt executed the statement
	setUp    bool             // the stack has code that prepares a database; see preparesDatabase
	unrolled func() *unrolled // its recursions
}

// callStack returns the symbolised stack with the given ID.
func (p *Pass) callStack(id stack.ID) *callStack {
	if p.cfg.Source == nil {
		return &symbolised.get(id).bare
	}
	if t, ok := p.callStacks[id]; ok {
		return t
	}
	t := newCallStack(id, p.cfg.Source)
	if p.callStacks == nil {
		p.callStacks = make(map[stack.ID]*callStack, len(p.groups))
	}
	p.callStacks[id] = t
	return t
}

func newCallStack(id stack.ID, source Source) *callStack {
	s := symbolised.get(id)
	if source == nil || s.bare.user < 0 {
		return &s.bare
	}
	t := new(callStack)
	*t = s.bare
	t.unrolled = sync.OnceValue(func() *unrolled { return unroll(t.frames, source) })
	for t.user < len(t.frames) && (!s.user[t.user] || source.Generated(t.frames[t.user].Function, t.frames[t.user].File)) {
		t.user++
	}
	if t.user == len(t.frames) {
		t.user = -1
		return t
	}
	t.user = t.behindHook(s.user, source)
	for source.PassesOn(t.frames[t.user]) {
		caller := t.user + 1
		for caller < len(t.frames) && s.user[caller] && source.Generated(t.frames[caller].Function, t.frames[caller].File) {
			caller++
		}
		if caller == len(t.frames) || !s.user[caller] {
			break
		}
		t.user = caller
	}
	t.site = positionOf(t.frames[t.user])
	t.site.Text = source.Line(t.frames[t.user].File, t.frames[t.user].Line)
	return t
}

// behindHook returns the index of the first frame of application code, but not one that a data layer calls back only to run what it
// is given: a hook that measures or repeats each statement. user says which frames are of the application.
func (t *callStack) behindHook(user []bool, source Source) int {
	at := t.user
	for at < len(t.frames) && user[at] {
		at++
	}
	if at == len(t.frames) || !layers.Of(frame.Package(t.frames[at].Function)).Has(layers.DataLayer) || !source.Forwards(t.frames[t.user]) {
		return t.user
	}
	for at < len(t.frames) && (!user[at] || source.Generated(t.frames[at].Function, t.frames[at].File)) {
		at++
	}
	if at == len(t.frames) {
		return t.user
	}
	return at
}

// CallSite returns the position in application code that issued a statement. It is the zero Position if no application code
// is on the stack.
func CallSite(id stack.ID, source Source) finding.Position {
	t := newCallStack(id, source)
	if t.user < 0 {
		return finding.Position{}
	}
	return t.site
}

// ApplicationFrames returns the frames of a stack from the caller of database/sql outwards. ok is false if the stack has code
// that prepares a database.
func ApplicationFrames(id stack.ID) (frames []Frame, ok bool) {
	t := newCallStack(id, nil)
	return t.frames, !t.setUp
}

// userFrame returns the first frame of application code, or the zero Frame.
func (t *callStack) userFrame() Frame {
	if t.user < 0 {
		return Frame{}
	}
	return t.frames[t.user]
}

// calls returns the stack in the form of reports, without the frames outside of the first application call.
func (t *callStack) calls() (calls []finding.Call) {
	for _, f := range t.frames[:min(len(t.frames), maxStackCalls)] {
		call := finding.Call{Function: f.Function}
		if isUser(f) {
			call.File, call.Line = frame.Relative(f.Function, f.File), f.Line
		}
		calls = append(calls, call)
	}
	for len(calls) > 0 && calls[len(calls)-1].File == "" {
		calls = calls[:len(calls)-1]
	}
	return calls
}

// userCalls returns the application's calls from a frame of a stack down to the statement, the outermost first.
func (p *Pass) userCalls(t *callStack, from int) (calls []finding.Position) {
	for i := min(from, len(t.frames)-1); i >= max(t.user, 0); i-- {
		if isUser(t.frames[i]) {
			calls = append(calls, p.position(t.frames[i]))
		}
	}
	return calls
}

// position returns the position of f, with its source line if that is available.
func (p *Pass) position(f Frame) finding.Position {
	position := positionOf(f)
	if p.cfg.Source != nil {
		position.Text = p.cfg.Source.Line(f.File, f.Line)
	}
	return position
}

func positionOf(f Frame) finding.Position {
	return finding.Position{File: frame.Relative(f.Function, f.File), Line: f.Line, Function: frame.Name(f.Function)}
}

// A symbolisedStack is a stack with names for its addresses, and the facts that follow from names alone. Scopes share it, so
// it must not be changed.
type symbolisedStack struct {
	bare  callStack // as without the source, where no code is known to be generated
	user  []bool    // by frame: it is application code, possibly generated
	depth int       // number of application frames whose function is also further in on the stack
}

// symbolised has the symbolised stacks of the process. A service ends thousands of scopes a second whose statements come
// from a few call sites, and symbolising a stack takes longer than a statement.
var symbolised stackCache

type stackCache struct {
	mu   sync.RWMutex
	byID map[stack.ID]*symbolisedStack

	frames int // of all
}

// get returns the stack with the given ID.
func (c *stackCache) get(id stack.ID) *symbolisedStack {
	c.mu.RLock()
	s, ok := c.byID[id]
	c.mu.RUnlock()
	if ok {
		return s
	}
	s = symbolise(id)
	if id.Lost() {
		return s // it may be kept again
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frames += len(s.bare.frames); c.byID == nil || len(c.byID) >= maxSymbolised || c.frames > maxSymbolisedFrames {
		c.byID, c.frames = make(map[stack.ID]*symbolisedStack), len(s.bare.frames)
	}
	c.byID[id] = s
	return s
}

func symbolise(id stack.ID) *symbolisedStack {
	s := new(symbolisedStack)
	t := &s.bare
	t.user = -1
	seen := make(map[string]bool)
	for _, f := range id.Frames() {
		if len(t.frames) == 0 && belowCaller(f.Function) {
			t.byStmt = t.byStmt || strings.HasPrefix(f.Function, "database/sql.(*Stmt).")
			continue
		}
		named := Frame{f.Function, f.File, f.Line}
		user := frame.User(f.Function, f.File)
		t.frames = append(t.frames, named)
		s.user = append(s.user, user)
		t.setUp = t.setUp || preparesDatabase(named, user)
		if !user {
			continue
		}
		if seen[f.Function] {
			s.depth++
		}
		seen[f.Function] = true
		if t.user < 0 {
			t.user, t.site = len(t.frames)-1, positionOf(named)
		}
	}
	t.unrolled = sync.OnceValue(func() *unrolled { return unroll(t.frames, nil) })
	return s
}

// belowCaller reports whether a function is between the driver and the caller of database/sql.
func belowCaller(function string) bool {
	switch frame.Package(function) {
	case "database/sql", "github.com/ngrok/sqlmw", "github.com/nplusgone/nplusgone/driver", "runtime":
		return true
	}
	return false
}

// preparesDatabase reports whether f is code that prepares a database: a migrator's package, or a function that runs before
// the program or its tests begin.
func preparesDatabase(f Frame, user bool) bool {
	path, name := frame.Package(f.Function), strings.TrimPrefix(f.Function, frame.Package(f.Function)+".")
	if !user {
		return layers.OfFunction(path, name).Has(layers.Migrator)
	}
	number, numbered := strings.CutPrefix(name, "init.") // the compiler's name of an init function; init.func1 may be called later
	return name == "init" || numbered && number != "" && strings.Trim(number, "0123456789") == "" || name == "TestMain" && frame.Test(f.File)
}
