package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Locks reports whether the code on the lines from first to last of fr's function takes a lock: whether it calls Lock or
// RLock of a type that has the method that releases it, too. known is false if the types could not be read.
func (a *Analyser) Locks(fr analysis.Frame, first, last int) (locks, known bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer func() {
		if recover() != nil {
			locks, known = false, false
		}
	}()
	p := a.packageOf(fr)
	if p == nil {
		return false, false
	}
	from := first
	if first == 0 {
		from = last // the function itself, and no other one above it
	}
	for _, fn := range p.spanning(fr.File, from, last) {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				call, ok := in.(*ssa.Call)
				if ok && call.Pos().IsValid() && p.within(call.Pos(), fr.File, first, last) && takesLock(call) {
					return true, true
				}
			}
		}
	}
	return false, true
}

// takesLock reports whether a call is of the method that takes a lock, which is one that can be released: go vet knows locks
// by these methods as well.
func takesLock(site *ssa.Call) bool {
	call := site.Common()
	receiver := types.Type(nil)
	if call.IsInvoke() {
		receiver = call.Value.Type()
	} else if fn := call.StaticCallee(); fn != nil && fn.Signature.Recv() != nil {
		receiver = fn.Signature.Recv().Type()
	}
	release, ok := map[string]string{"Lock": "Unlock", "RLock": "RUnlock"}[called(site)]
	if receiver == nil || !ok {
		return false
	}
	method, _, _ := types.LookupFieldOrMethod(receiver, true, nil, release)
	fn, ok := method.(*types.Func)
	return ok && fn.Signature().Params().Len() == 0
}
