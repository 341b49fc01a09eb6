package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/layers"
)

// rowsType returns handle for *sql.Rows and the rows of data layers, single for their Row, and 0 for other types. Rows have the
// methods Next and Scan, a row has only Scan.
func rowsType(t types.Type) kind {
	named, ok := types.Unalias(pointee(t)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return 0
	}
	path := named.Obj().Pkg().Path()
	if path != "database/sql" && !layers.Of(path).Has(layers.DataLayer) {
		return 0
	}
	return rowsTypes.of(named, rowsOfNamed)
}

// rowsOfNamed is rowsType for a type of database/sql or a data layer.
func rowsOfNamed(named *types.Named) kind {
	var t types.Type = named
	if !types.IsInterface(named) {
		t = types.NewPointer(named)
	}
	methods := types.NewMethodSet(t)
	scans, steps := false, false
	for i := range methods.Len() {
		m, ok := methods.At(i).Obj().(*types.Func)
		if !ok {
			continue
		}
		sig := m.Signature()
		switch m.Name() {
		case "Scan":
			scans = scans || sig.Variadic() && onlyError(sig)
		case "Next":
			steps = steps || sig.Params().Len() == 0 && sig.Results().Len() == 1
		case "Where", "Query", "Exec", "Find", "Get", "QueryContext":
			return 0 // it builds or runs statements
		}
	}
	switch {
	case scans && steps:
		return handle
	case scans:
		return single
	}
	return 0
}

// results marks the results of the call that ran the statement, or the memory that it read them into.
func (f *flow) results(call ssa.CallInstruction) {
	results := call.Common().Signature().Results()
	for i := range results.Len() {
		if k := rowsType(results.At(i).Type()); k != 0 {
			f.oneRow = k == single
			f.result(call, i, results.Len(), label{kind: k})
			return
		}
	}
	if !f.layered(call) {
		f.lose("it is not known where %s at %s puts the rows", called(call), f.line(call))
	}
}

// layered marks where a data layer puts the rows of a statement: the variables that the call gets the addresses of, its results,
// or the variables whose addresses the calls before got that made the query, as in db.NewSelect().Model(&users).Scan(ctx). It
// returns false if it finds none of them.
func (f *flow) layered(call ssa.CallInstruction) bool {
	common := call.Common()
	args := f.operands(call)
	dests := destinationsAmong(args)
	known := len(dests) > 0
	switch {
	case len(dests) > 1 && !isModel(dests[0].Type()): // one variable for each column
		f.filled[call] = true
		f.oneRow = true
		f.scanAll(destinations{values: dests, ordered: true, known: true})
	case len(dests) > 0:
		f.filled[call] = true
		f.oneRow = !isList(dests[0].Type()) && called(call) != "Next"
		if called(call) == "Next" {
			f.nexts = append(f.nexts, call)
		}
		f.destination(dests[0])
		f.outcomeOf(call)
	}
	for _, arg := range args { // a function that gets each row
		if isFunction(arg.Type()) {
			known = f.handsRows(arg) || known
		}
	}
	results := common.Signature().Results()
	for i := range results.Len() {
		t := results.At(i).Type()
		if l, ok := f.labelOf(t); ok && !layer(packageOf(t)) {
			f.oneRow = l.kind != many && !f.relation
			f.result(call, i, results.Len(), f.related(l))
			known = true
		} else if basic, ok := t.Underlying().(*types.Basic); ok && (len(dests) == 0 || basic.Info()&types.IsNumeric != 0) {
			f.oneRow = true
			f.result(call, i, results.Len(), label{kind: cell, cols: f.column(analysis.Column{Index: 0})})
			known = true
		}
	}
	return known || f.modelled(call, 0)
}

// modelled marks the variable whose address a call got that made the query which call runs.
func (f *flow) modelled(call ssa.CallInstruction, depth int) bool {
	var receivers func(v ssa.Value) []ssa.CallInstruction
	seen := map[ssa.Value]bool{}
	receivers = func(v ssa.Value) (calls []ssa.CallInstruction) {
		if seen[v] {
			return nil
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Call:
			return []ssa.CallInstruction{v}
		case *ssa.Phi:
			for _, e := range v.Edges {
				calls = append(calls, receivers(e)...)
			}
		case *ssa.Extract:
			return receivers(v.Tuple)
		case *ssa.MakeInterface:
			return receivers(v.X)
		}
		return calls
	}
	recv := receiverOf(call)
	if recv == nil || depth > 32 {
		return false
	}
	for _, made := range receivers(recv) {
		if !layer(calledPath(made)) {
			continue
		}
		if dests := destinationsAmong(f.operands(made)); len(dests) == 1 && isModel(dests[0].Type()) {
			f.filled[made] = true
			f.oneRow = !isList(dests[0].Type())
			f.destination(dests[0])
			return true
		}
		if f.modelled(made, depth+1) {
			return true
		}
	}
	return false
}

// receiverOf returns the value whose method a call calls; nil for a function.
func receiverOf(call ssa.CallInstruction) ssa.Value {
	common := call.Common()
	switch {
	case common.IsInvoke():
		return common.Value
	case common.Signature().Recv() != nil && len(common.Args) > 0:
		return common.Args[0]
	}
	return nil
}

// operands returns the arguments of a call without its receiver, variadic ones one by one, each as it was before it was put into
// an interface.
func (f *flow) operands(call ssa.CallInstruction) (args []ssa.Value) {
	common := call.Common()
	all := common.Args
	if !common.IsInvoke() && common.Signature().Recv() != nil && len(all) > 0 {
		all = all[1:]
	}
	if common.Signature().Variadic() && len(all) > 0 {
		if rest := f.destinations(all[len(all)-1]); rest.known {
			all = append(all[:len(all)-1:len(all)-1], rest.values...)
		}
	}
	for _, arg := range all {
		if arg != nil {
			args = append(args, f.passedOn(unboxed(arg)))
		}
	}
	return args
}

// passedOn returns what the caller on the stack gave for a parameter of an interface type with which a function does nothing but pass it
// on once, as one that logs statements does with the variable for their rows. It returns other values as they are.
func (f *flow) passedOn(v ssa.Value) ssa.Value {
	for {
		p, ok := v.(*ssa.Parameter)
		if !ok || !types.IsInterface(p.Type()) || isContext(p.Type()) || len(f.callers(p.Parent())) != 1 {
			return v
		}
		uses := 0
		for _, ref := range referrersOf(p) {
			switch ref := ref.(type) {
			case *ssa.DebugRef:
			case ssa.CallInstruction:
				if ref.Common().Value == p {
					return v
				}
				uses++
			default:
				return v
			}
		}
		if uses != 1 {
			return v
		}
		call := f.callers(p.Parent())[0]
		if !f.handed(call, p, func(arg ssa.Value) { v = unboxed(arg) }) {
			return v
		}
		f.filled[call] = true
	}
}

// destinationsAmong returns the arguments that rows may be read into.
func destinationsAmong(args []ssa.Value) (dests []ssa.Value) {
	for _, arg := range args {
		if t := arg.Type(); !isNil(arg) && fillable(t) && !isHandle(t) && !layer(packageOf(t)) && packageOf(t) != "database/sql" {
			dests = append(dests, arg)
		}
	}
	return dests
}

// packageOf returns the import path of a named type, or of what it points to; "" for others.
func packageOf(t types.Type) string {
	named, ok := types.Unalias(pointee(t)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return named.Obj().Pkg().Path()
}

// isModel reports whether t points to a struct, or to a list or map.
func isModel(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	_, basic := p.Elem().Underlying().(*types.Basic)
	return !basic && !holdsOneValue(p.Elem())
}

// handsRows marks the parameters of a function that a data layer calls with each row. It returns false if the function is not known.
func (f *flow) handsRows(fn ssa.Value) bool {
	c := callbacks{flow: f, seen: map[value]bool{}}
	if !c.add(value{fn, whole}) {
		return false
	}
	found := false
	for _, body := range c.bodies {
		for _, p := range body.Params {
			if s, _ := structOf(p.Type()); s != nil && !layer(packageOf(p.Type())) || types.IsInterface(p.Type()) && !isContext(p.Type()) {
				f.mark(p, label{kind: one, model: true})
				found = true
			}
		}
	}
	return found
}

// outcomeOf marks the *gorm.DB that a call returns: it has the number of rows.
func (f *flow) outcomeOf(call ssa.CallInstruction) {
	results := call.Common().Signature().Results()
	for i := range results.Len() {
		if s, name := structOf(results.At(i).Type()); s != nil && strings.HasSuffix(name, "gorm.DB") {
			f.result(call, i, results.Len(), label{kind: outcome})
		}
	}
}

// fillable reports whether a data layer can read rows into the memory that a value of type t points to.
func fillable(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	switch u := p.Elem().Underlying().(type) {
	case *types.Slice, *types.Map, *types.Struct, *types.Basic:
		return true
	case *types.Interface:
		_, param := p.Elem().(*types.TypeParam)
		return param
	case *types.Pointer:
		_, ok := u.Elem().Underlying().(*types.Struct)
		return ok
	}
	return false
}

// isList reports whether t points to a list.
func isList(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	switch p.Elem().Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

// destination marks a variable that a data layer reads rows into.
func (f *flow) destination(dest ssa.Value) {
	dest = unboxed(dest)
	p, ok := dest.Type().Underlying().(*types.Pointer)
	if !ok {
		f.lose("rows are read into a value of type %s", dest.Type())
		return
	}
	l, ok := f.labelOf(p.Elem())
	if _, basic := p.Elem().Underlying().(*types.Basic); basic {
		l, ok = label{kind: cell, cols: f.column(analysis.Column{Index: 0})}, true
	}
	if !ok {
		f.lose("rows are read into a value of type %s", dest.Type())
		return
	}
	f.gathered = f.gathered || l.kind == many
	f.oneRow = f.oneRow && !f.relation
	f.holds(dest, f.related(l))
}

// isAny reports whether t is the empty interface, and no type parameter.
func isAny(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	_, param := t.(*types.TypeParam)
	return ok && i.Empty() && !param
}

// labelOf returns the label of a value of type t that holds rows: a list or map of structs, a struct, or a list of values.
func (f *flow) labelOf(t types.Type) (label, bool) {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		if of, ok := f.labelOf(u.Elem()); ok {
			f.gathered = true
			return label{kind: many, of: &of}, true
		}
		if b, ok := u.Elem().Underlying().(*types.Basic); ok && b.Kind() != types.Byte {
			f.gathered = true
			return label{kind: many, of: &label{kind: cell, cols: f.column(analysis.Column{Index: 0})}}, true
		}
		return label{}, false
	case *types.Map:
		if of, ok := f.labelOf(u.Elem()); ok && of.kind == one && !isAny(u.Elem()) { // by key: several rows may have one
			f.gathered = true
			return label{kind: many, of: &of, part: true}, true
		}
		if key, ok := u.Key().Underlying().(*types.Basic); ok && key.Info()&types.IsString != 0 { // the values of a row by column
			return f.values(), true
		}
		return label{}, false
	case *types.Interface:
		if _, param := t.(*types.TypeParam); param || u.Empty() {
			return label{kind: one, model: true}, true
		}
		return label{}, false
	}
	if s, name := structOf(t); s != nil && !hooked(t) && f.model(s, name, 0) {
		return label{kind: one, model: true}, true
	}
	return label{}, false
}
