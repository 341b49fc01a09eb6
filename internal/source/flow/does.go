package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// An act is what a function does besides returning values.
type act struct {
	sends    bool   // it calls a function that sends something to another program
	waits    bool   // it sleeps or waits for a timer
	receives bool   // it takes a message that another goroutine or program sends
	unknown  bool   // it calls a function that is not known
	shared   bool   // it changes variables of a package, or sends on a channel
	changes  uint64 // the parameters, by bit, whose memory it changes; with the receiver as the first
}

// maxActDepth bounds the calls that are followed to say what a function does.
const maxActDepth = 4

// acts determines what functions do. It caches its results.
type acts struct {
	*loader
	files *files.Set
	known map[*ssa.Function]act
}

// of returns what fn does.
func (a *acts) of(fn *ssa.Function, depth int) act {
	if known, ok := a.known[fn]; ok {
		return known
	}
	a.known[fn] = act{} // of a recursion
	var sum act
	loops := false
	for _, b := range fn.Blocks {
		loops = loops || loopOf(b) != nil
		for _, in := range b.Instrs {
			a.instruction(in, &sum, depth)
		}
	}
	if loops {
		sum.waits = false // it waits between tries of its own
	}
	a.known[fn] = sum
	return sum
}

// instruction adds what an instruction does.
func (a *acts) instruction(in ssa.Instruction, sum *act, depth int) {
	switch in := in.(type) {
	case *ssa.Store:
		sum.change(in.Addr)
	case *ssa.MapUpdate:
		sum.change(in.Map)
	case *ssa.Send:
		sum.shared = true
	case *ssa.UnOp:
		if in.Op == token.ARROW {
			sum.take(in.X.Type(), len(realReferrers(in)) > 0)
		}
	case *ssa.Select:
		at := 2 // the results of a select: the chosen case, whether a value was received, and the values
		for _, s := range in.States {
			if s.Dir == types.RecvOnly {
				sum.take(s.Chan.Type(), slices.ContainsFunc(realReferrers(in), func(ref ssa.Instruction) bool {
					e, ok := ref.(*ssa.Extract)
					return ok && e.Index == at
				}))
				at++
			}
		}
	case ssa.CallInstruction:
		a.call(in, sum, depth)
	}
}

// call adds what a call does.
func (a *acts) call(call ssa.CallInstruction, sum *act, depth int) {
	its, fn := a.ofCall(call, depth)
	sum.sends = sum.sends || its.sends
	sum.receives = sum.receives || its.receives && returnsMessage(call.Common().Signature())
	sum.unknown = sum.unknown || its.unknown
	sum.shared = sum.shared || its.shared
	sum.waits = sum.waits || its.waits && fn == nil // only what the function itself calls
	for i, arg := range call.Common().Args {
		if its.changes&(1<<min(i, 63)) != 0 {
			sum.change(arg)
		}
	}
}

// ofCall returns what a call does, and the function that it calls if that has a body.
func (a *acts) ofCall(call ssa.CallInstruction, depth int) (act, *ssa.Function) {
	common := call.Common()
	if _, builtin := common.Value.(*ssa.Builtin); builtin {
		return act{}, nil
	}
	if sendsBySignature(common.Signature()) {
		return act{sends: true}, nil
	}
	if common.IsInvoke() {
		path := ""
		if common.Method.Pkg() != nil {
			path = common.Method.Pkg().Path()
		}
		its := tableAct(path, interfaceName(common.Value.Type())+"."+common.Method.Name(), common.Signature())
		if streams(common.Value.Type()) {
			its.receives = returnsValue(common.Signature())
			its.sends = !its.receives
		}
		its.unknown = !its.receives && !its.sends && !known(path)
		return its, nil
	}
	fn := common.StaticCallee()
	if fn == nil {
		return act{unknown: true}, nil
	}
	if body := a.body(fn); body != nil {
		if depth >= maxActDepth {
			return act{unknown: true}, body
		}
		return a.of(body, depth+1), body
	}
	path, name := declaredAs(fn)
	return tableAct(path, name, common.Signature()), nil
}

// body returns the code of a function of the application, nil if there is none.
func (a *acts) body(fn *ssa.Function) *ssa.Function {
	f := flow{loader: a.loader, files: a.files}
	return f.body(fn)
}

// tableAct returns what a function without a body does, as the table of packages has it. name is as in a runtime name.
func tableAct(path, name string, sig *types.Signature) (its act) {
	k := layers.OfFunction(path, name)
	its.receives = k.Has(layers.Receiver) && returnsValue(sig)
	its.sends = k.Has(layers.Sender) && !its.receives
	its.waits = path == "time" && name == "Sleep"
	return its
}

// known reports whether a package is the standard library's or in the table of packages: what its functions do is known.
func known(path string) bool {
	return path == "" || frame.Standard(path) || layers.Of(path) != 0
}

// declaredAs returns the import path of a function and its name in the form of runtime names after that.
func declaredAs(fn *ssa.Function) (path, name string) {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	full := runtimeName(fn)
	if obj := fn.Object(); obj != nil && obj.Pkg() != nil {
		path = obj.Pkg().Path()
	}
	return path, strings.TrimPrefix(strings.TrimPrefix(full, path), ".")
}

func interfaceName(t types.Type) string {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}

// sendsBySignature reports whether a function takes options of a package that sends, as generated clients of gRPC do.
func sendsBySignature(sig *types.Signature) bool {
	if !sig.Variadic() {
		return false
	}
	last, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
	if !ok {
		return false
	}
	named, ok := types.Unalias(last.Elem()).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Name() == "CallOption" && layers.Of(named.Obj().Pkg().Path()).Has(layers.Sender)
}

// streams reports whether t is an interface of a gRPC stream.
func streams(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range i.Methods() {
		if m.Name() == "RecvMsg" {
			return true
		}
	}
	return false
}

// returnsValue reports whether a function returns something besides an error.
func returnsValue(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if !isError(v.Type()) {
			return true
		}
	}
	return false
}

// returnsMessage reports whether a function returns something besides errors and truth values.
func returnsMessage(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if b, ok := v.Type().Underlying().(*types.Basic); !isError(v.Type()) && !(ok && b.Kind() == types.Bool) {
			return true
		}
	}
	return false
}

// onlyError reports whether a function returns only an error.
func onlyError(sig *types.Signature) bool {
	return sig.Results().Len() == 1 && isError(sig.Results().At(0).Type())
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// take adds that a value was received from a channel of type t. used says whether the value is used: otherwise it is a
// signal, such as the end of a context.
func (sum *act) take(t types.Type, used bool) {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return
	}
	if named, ok := types.Unalias(ch.Elem()).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "time" && named.Obj().Name() == "Time" {
		sum.waits = true
		return
	}
	sum.receives = sum.receives || used
}

// change adds that memory at an address, or a map, was changed.
func (sum *act) change(v ssa.Value) {
	switch root := rootOf(v).(type) {
	case *ssa.Parameter:
		for i, p := range root.Parent().Params {
			if p == root && v != ssa.Value(p) || p == root && isReference(p.Type()) {
				sum.changes |= 1 << min(i, 63)
			}
		}
	case *ssa.Global, *ssa.FreeVar:
		sum.shared = true
	}
}

func isReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Slice:
		return true
	}
	return false
}

// rootOf returns the value that an address is derived from: through fields, elements and pointers stored in them.
func rootOf(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return v
			}
			v = x.X
		case *ssa.Slice:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Alloc: // of a parameter whose address is taken
			stored := onlyStored(x)
			if stored == nil {
				return v
			}
			v = stored
		default:
			return v
		}
	}
}

// onlyStored returns the one value that is stored in a variable, if that is a parameter, nil otherwise.
func onlyStored(a *ssa.Alloc) ssa.Value {
	var found ssa.Value
	for _, ref := range *a.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == a {
			p, ok := s.Val.(*ssa.Parameter)
			if !ok || found != nil {
				return nil
			}
			found = p
		}
	}
	return found
}
