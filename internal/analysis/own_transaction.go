package analysis

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// ownUnits reports whether each of g's statements ran in a transaction or savepoint of its own that the application began: each of them
// can be undone alone.
func (p *Pass) ownUnits(g *group) bool {
	return p.ownTransactions(g) || g.OwnSavepoints() && !p.layerBegan(g.SavepointStack, g) && !p.savepointsArePast(g)
}

// ownTransactions reports whether each of g's statements ran in a transaction of its own that the application began.
func (p *Pass) ownTransactions(g *group) bool {
	return g.OwnTransactions() && !p.layerBegan(g.TxStack, g)
}

// inOneUnit reports whether all of g's statements ran in one transaction, and no savepoint is between any two of them that one of them
// may be undone with.
func (p *Pass) inOneUnit(g *group) bool {
	return g.Tx != 0 && g.TxChanges == 0 && (g.SavepointChanges == 0 || p.savepointsArePast(g))
}

// savepointsArePast reports whether g's statements ran after the functions that have begun their savepoints had returned, and nothing is
// left that a savepoint is for: a function begins it, runs other statements in it, and returns without a RELEASE, as GORM's Transaction
// does within a transaction. A function that only begins the savepoint begins it for its caller.
func (p *Pass) savepointsArePast(g *group) bool {
	begun := p.callStack(g.SavepointStack).frames
	at := returned(begun, p.callStack(g.Key.Stack).frames)
	if g.SavepointStack == 0 || at < 0 || len(p.frozen.SavepointEnds) == record.MaxSavepointEnds {
		return false
	}
	used := false
	for _, e := range p.frozen.SavepointEnds {
		if e.Begun != g.SavepointStack {
			continue
		}
		if !p.ranBy(begun[at:], e.Ended) {
			return false
		}
		used = true
	}
	return used || slices.ContainsFunc(p.groups, func(o *group) bool {
		return o.SavepointStack == g.SavepointStack && int(o.Savepoints) == o.Count &&
			p.ranBy(begun[at:], o.Key.Stack)
	})
}

// returned returns the index in begun, a stack, of the outermost function that is not in the stack ran, or that its caller called from
// another line there: the function has returned. It returns -1 if there is none.
func returned(begun, ran []Frame) int {
	b, r := len(begun)-1, len(ran)-1
	for b >= 0 && r >= 0 && begun[b] == ran[r] {
		b, r = b-1, r-1
	}
	if b >= 0 && r >= 0 && begun[b].Function == ran[r].Function {
		b-- // the function has gone on to another line
	}
	return b
}

// ranBy reports whether a stack is below the call of a function, from another place in it than a savepoint was begun at. calls are the
// frames of that stack from the function outwards.
func (p *Pass) ranBy(calls []Frame, id stack.ID) bool {
	frames := p.callStack(id).frames
	at := len(frames) - len(calls)
	return at >= 0 && frames[at].Function == calls[0].Function && frames[at] != calls[0] && slices.Equal(frames[at+1:], calls[1:])
}

// layerBegan reports whether a data layer began g's transactions or savepoints, at a stack, and not the application. A data layer that
// runs each write in a transaction of its own, as GORM does, begins it in the call that writes, or that calls a hook that does. A call
// that runs a function literal of its caller in the transaction is the application's, and so is one whose name in the data
// layer's API says that it begins a transaction: a named function may be passed to it.
func (p *Pass) layerBegan(at stack.ID, g *group) bool {
	begun, ran := p.callStack(at), p.callStack(g.Key.Stack)
	if begun.user <= 0 {
		return false
	}
	caller := begun.frames[begun.user]
	i := slices.Index(ran.frames, caller)
	if i < 0 {
		return false
	}
	inner := i - 1
	for inner >= 0 && !isUser(ran.frames[inner]) {
		inner--
	}
	if inner < 0 {
		return true // the layer's call begins the transaction and writes
	}
	if fn := ran.frames[inner].Function; frame.Closure(fn) > frame.Closure(caller.Function) && frame.Name(fn) == frame.Name(caller.Function) {
		return false
	}
	called := strings.ToLower(frame.Name(begun.frames[begun.user-1].Function))
	called = called[strings.LastIndexByte(called, '.')+1:]
	return !strings.Contains(called, "tx") && !strings.Contains(called, "transact") && !strings.Contains(called, "begin")
}
