package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/layers"
)

// Cached implements loops.Types.
func (a *Analyser) Cached(fr analysis.Frame) (cached bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer func() {
		if recover() != nil {
			cached = false // nothing is known
		}
	}()
	p := a.packageOf(fr)
	if p == nil {
		return false
	}
	c := cacheUse{acts: &acts{loader: a.loader, files: a.files, known: a.acts}}
	for _, fn := range p.spanning(fr.File, fr.Line, fr.Line) {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				call, ok := in.(ssa.CallInstruction)
				if ok && !isBuiltin(call) && p.at(call.Pos(), fr.File, fr.Line) && c.guards(fn, call) {
					return true
				}
			}
		}
	}
	return false
}

// A cacheUse looks for caches that decide whether a call is made.
type cacheUse struct{ *acts }

// A lookUp takes a value from a cache.
type lookUp struct {
	base  ssa.Value       // the map, sync.Map or cache
	found ssa.Value       // whether there was one, or the error that says that there was none
	block *ssa.BasicBlock // where
	plain bool            // base is a map
}

// guards reports whether fn makes a call only if a look-up in a shared cache found nothing, and fills the cache.
func (c cacheUse) guards(fn *ssa.Function, call ssa.CallInstruction) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			l, ok := c.lookUp(in)
			if ok && missed(l, call.Block()) && c.shared(fn, l) && c.fills(fn, l) {
				return true
			}
		}
	}
	return false
}

// lookUp returns the look-up that an instruction is.
func (c cacheUse) lookUp(in ssa.Instruction) (lookUp, bool) {
	v, ok := in.(ssa.Value)
	if !ok {
		return lookUp{}, false
	}
	tuple, ok := v.Type().(*types.Tuple)
	if !ok || tuple.Len() != 2 {
		return lookUp{}, false
	}
	var second ssa.Value
	for _, ref := range referrersOf(v) {
		if e, ok := ref.(*ssa.Extract); ok && e.Index == 1 {
			second = e
		}
	}
	if second == nil {
		return lookUp{}, false
	}
	switch in := in.(type) {
	case *ssa.Lookup:
		_, isMap := in.X.Type().Underlying().(*types.Map)
		return lookUp{base: in.X, found: second, block: in.Block(), plain: true}, isMap && in.CommaOk
	case *ssa.Call:
		if base := c.keeper(in, reads); base != nil {
			return lookUp{base: base, found: second, block: in.Block()}, true
		}
	}
	return lookUp{}, false
}

// An access says how a method uses a cache.
type access uint8

const (
	reads access = iota
	writes
)

// keeper returns the cache that a call reads or fills: the receiver of a method of sync.Map or a cache library, possibly
// by way of another method as in Get(key).Result(), or of a method of the application whose body does that with a field
// of its receiver. It is nil for other calls.
func (c cacheUse) keeper(call *ssa.Call, as access) ssa.Value {
	common := call.Call
	var receiver ssa.Value
	switch {
	case common.IsInvoke():
		receiver = common.Value
	case common.Signature().Recv() != nil && len(common.Args) > 0:
		receiver = common.Args[0]
	default:
		return nil
	}
	if cacheType(receiver.Type()) {
		if inner, ok := receiver.(*ssa.Call); ok { // what Get returned
			return c.keeper(inner, as)
		}
		return receiver
	}
	fn := common.StaticCallee()
	if fn == nil {
		return nil
	}
	path, name := declaredAs(fn)
	if path == "sync" && strings.HasPrefix(name, "(*Map).") {
		switch method := strings.TrimPrefix(name, "(*Map)."); {
		case as == reads && (method == "Load" || method == "LoadOrStore"), as == writes && (method == "Store" || method == "LoadOrStore" || method == "Swap" || method == "CompareAndSwap"):
			return receiver
		}
		return nil
	}
	body := c.body(fn)
	if body == nil || len(body.Params) == 0 {
		return nil
	}
	for _, b := range body.Blocks {
		for _, in := range b.Instrs {
			var base ssa.Value
			switch in := in.(type) {
			case *ssa.Lookup:
				if _, isMap := in.X.Type().Underlying().(*types.Map); isMap && as == reads {
					base = in.X
				}
			case *ssa.MapUpdate:
				if as == writes {
					base = in.Map
				}
			case *ssa.Call:
				if inner := in.Call.StaticCallee(); inner != nil && c.body(inner) == nil || in.Call.IsInvoke() {
					base = c.keeper(in, as)
				}
			}
			if base != nil && rootOf(base) == body.Params[0] {
				return receiver
			}
		}
	}
	return nil
}

// cacheType reports whether t is of a package that is a cache.
func cacheType(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && layers.Of(named.Obj().Pkg().Path()).Has(layers.Cache)
}

// missed reports whether a block runs if a look-up found nothing, and does not run if it found something.
func missed(l lookUp, b *ssa.BasicBlock) bool {
	for _, ref := range referrersOf(l.found) {
		cond, invert := ssa.Value(nil), false
		switch ref := ref.(type) {
		case *ssa.If:
			cond = l.found
		case *ssa.UnOp:
			if ref.Op == token.NOT {
				cond, invert = ref, true
			}
		case *ssa.BinOp: // err == nil
			if isNil(ref.Y) && (ref.Op == token.EQL || ref.Op == token.NEQ) {
				cond, invert = ref, ref.Op == token.NEQ
			}
		}
		if cond == nil {
			continue
		}
		for _, use := range referrersOf(cond) {
			branch, ok := use.(*ssa.If)
			if !ok {
				continue
			}
			hit, miss := branch.Block().Succs[0], branch.Block().Succs[1]
			if invert {
				hit, miss = miss, hit
			}
			if leadsFrom(miss, b, l.block) && !leadsFrom(hit, b, l.block) {
				return true
			}
		}
	}
	return false
}

// leadsFrom reports whether there is a way from one block to another that does not pass a third.
func leadsFrom(from, to, without *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{without: true}
	queue := []*ssa.BasicBlock{from}
	for len(queue) > 0 {
		b := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			queue = append(queue, b.Succs...)
		}
	}
	return false
}

// shared reports whether a cache outlives the function and others may use it: a variable of the package, or a field of
// what the function was given. A map has to be locked for that, so that a map without a lock is taken for a request's.
// What comes from a context lives as long as a request.
func (c cacheUse) shared(fn *ssa.Function, l lookUp) bool {
	switch root := rootOf(l.base).(type) {
	case *ssa.Global:
		return true
	case *ssa.Parameter:
		return root != l.base && (!l.plain || locks(fn))
	}
	return false
}

// locks reports whether fn locks a mutex.
func locks(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			call, ok := in.(ssa.CallInstruction)
			if !ok || call.Common().StaticCallee() == nil {
				continue
			}
			switch path, name := declaredAs(call.Common().StaticCallee()); {
			case path == "sync" && (name == "(*Mutex).Lock" || name == "(*RWMutex).Lock" || name == "(*RWMutex).RLock"):
				return true
			}
		}
	}
	return false
}

// fills reports whether fn, or a literal in it, puts something into the cache.
func (c cacheUse) fills(fn *ssa.Function, l lookUp) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.MapUpdate:
				if sameCache(in.Map, l.base) {
					return true
				}
			case *ssa.Call:
				if base := c.keeper(in, writes); base != nil && sameCache(base, l.base) && len(in.Call.Args) > 1 && ssa.Instruction(in) != l.instruction() {
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(fn.AnonFuncs, func(anon *ssa.Function) bool { return c.fills(anon, l) })
}

// instruction returns the look-up itself.
func (l lookUp) instruction() ssa.Instruction {
	if e, ok := l.found.(*ssa.Extract); ok {
		in, _ := e.Tuple.(ssa.Instruction)
		return in
	}
	return nil
}

// sameCache reports whether two values are one cache: the same variable or the same field.
func sameCache(a, b ssa.Value) bool {
	if a == b || sameAddress(a, b) {
		return true
	}
	x, y := fieldOfCache(a), fieldOfCache(b)
	return x != slot{} && x == y
}

// fieldOfCache returns the field that a value was loaded from.
func fieldOfCache(v ssa.Value) slot {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		v = load.X
	}
	switch v := v.(type) {
	case *ssa.FieldAddr:
		_, name := structOf(v.X.Type())
		return slot{name, v.Field}
	case *ssa.Field:
		_, name := structOf(v.X.Type())
		return slot{name, v.Field}
	}
	return slot{}
}
