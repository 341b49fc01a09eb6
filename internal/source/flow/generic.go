package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// methods returns the functions that a call of a method of a type parameter runs, as the types show that the parameter stands for
// where its function is called; nil for other calls, and if one is not known.
func (f *flow) methods(common *ssa.CallCommon) (bodies []*ssa.Function) {
	if !common.IsInvoke() {
		return nil
	}
	param, ok := types.Unalias(common.Value.Type()).(*types.TypeParam)
	if !ok {
		return nil
	}
	for _, t := range f.typesOf(param, common.Value.Parent(), map[*types.TypeParam]bool{}) {
		s := types.NewMethodSet(t).Lookup(common.Method.Pkg(), common.Method.Name())
		if s == nil || len(s.Index()) > 1 {
			return nil
		}
		obj := s.Obj().(*types.Func).Origin()
		if obj.Pkg() == nil {
			return nil
		}
		body := f.declared(obj, common.Value.Parent().Prog.Fset)
		if body == nil {
			return nil
		}
		bodies = append(bodies, body)
	}
	return bodies
}

// typesOf returns the types that a type parameter of fn stands for in the calls that are followed; nil if one is not known.
func (f *flow) typesOf(param *types.TypeParam, fn *ssa.Function, seen map[*types.TypeParam]bool) (all []types.Type) {
	if seen[param] {
		return nil
	}
	seen[param] = true
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	at := slices.Index(typeParams(fn.Signature), param)
	if at < 0 {
		return nil
	}
	for _, call := range f.callers(fn) {
		callee := call.Common().StaticCallee()
		if callee == nil || at >= len(callee.TypeArgs()) {
			return nil
		}
		t := callee.TypeArgs()[at]
		outer, ok := types.Unalias(t).(*types.TypeParam)
		if !ok {
			all = append(all, t)
			continue
		}
		more := f.typesOf(outer, call.Parent(), seen)
		if more == nil {
			return nil
		}
		all = append(all, more...)
	}
	return all
}

// typeParams returns the type parameters of a function, or those of its receiver.
func typeParams(sig *types.Signature) (all []*types.TypeParam) {
	list := sig.TypeParams()
	if list.Len() == 0 {
		list = sig.RecvTypeParams()
	}
	for i := range list.Len() {
		all = append(all, list.At(i))
	}
	return all
}
