package flow

import (
	"go/constant"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"slices"
	"text/template/parse"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/layers"
)

// A templateSet is the templates that a value of the program may be, by name, and the name of the one that Execute fills in.
type templateSet struct {
	trees map[string]*parse.Tree
	root  string
	made  map[*ssa.Call]bool // the calls that made it
}

// maxTemplate bounds the bytes of a template's file.
const maxTemplate = 1 << 20

// templates returns the templates that a value may be; nil if they are not all known.
func (f *flow) templates(v ssa.Value) *templateSet {
	set := &templateSet{trees: map[string]*parse.Tree{}, made: map[*ssa.Call]bool{}}
	c := callbacks{flow: f, seen: map[value]bool{}}
	c.leaf = func(v ssa.Value) (known, done bool) {
		if e, ok := v.(*ssa.Extract); ok {
			v = e.Tuple
		}
		call, ok := v.(*ssa.Call)
		if !ok || !layers.Templates(calledPath(call)) {
			return false, false
		}
		set.made[call] = true
		return set.add(f, call, c.add), true
	}
	if !c.add(value{v, whole}) || len(set.trees) == 0 || f.changes(set) {
		return nil
	}
	return set
}

// changes reports whether other calls than those that made a set add templates to it.
func (f *flow) changes(s *templateSet) bool {
	var changed func(v ssa.Value) bool
	seen := map[ssa.Value]bool{}
	changed = func(v ssa.Value) bool {
		if seen[v] {
			return false
		}
		seen[v] = true
		return slices.ContainsFunc(referrersOf(v), func(ref ssa.Instruction) bool {
			switch ref := ref.(type) {
			case *ssa.Call:
				fn := ref.Call.StaticCallee()
				if fn == nil || s.made[ref] || !layers.Templates(calledPath(ref)) || ref.Call.Args[0] != v {
					return false
				}
				_, name := declaredAs(fn)
				return templateChanges[name]
			case *ssa.Extract:
				return ref.Index == 0 && changed(ref)
			case *ssa.Phi:
				return changed(ref)
			case *ssa.Store:
				return ref.Val == v && slices.ContainsFunc(f.loads(ref.Addr), changed)
			}
			return false
		})
	}
	for call := range s.made {
		if changed(call) {
			return true
		}
	}
	return false
}

// templateChanges are the methods that add templates, or change how their text is read.
var templateChanges = map[string]bool{
	"(*Template).AddParseTree": true, "(*Template).Delims": true, "(*Template).New": true, "(*Template).Parse": true, "(*Template).ParseFS": true,
	"(*Template).ParseFiles": true, "(*Template).ParseGlob": true,
}

// loads returns what is read from a variable, also by other functions of its package.
func (f *flow) loads(addr ssa.Value) (values []ssa.Value) {
	take := func(in ssa.Instruction) {
		if load, ok := in.(*ssa.UnOp); ok && load.X == addr {
			values = append(values, load)
		}
	}
	g, ok := addr.(*ssa.Global)
	if !ok {
		for _, ref := range referrersOf(addr) {
			take(ref)
		}
		return values
	}
	for _, fn := range f.functionsOf(g.Pkg) {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				take(in)
			}
		}
	}
	return values
}

// add adds the templates that a call of a template package returns. It reports whether they are all known. of adds those of another
// value.
func (s *templateSet) add(f *flow, call *ssa.Call, of func(value) bool) bool {
	args := call.Call.Args
	fn := call.Call.StaticCallee()
	if fn == nil || len(args) == 0 {
		return false
	}
	switch _, name := declaredAs(fn); name {
	case "New":
		s.name(args[0])
		return true
	case "Must":
		return of(value{args[0], whole})
	case "(*Template).Funcs", "(*Template).Option", "(*Template).Clone":
		return of(value{args[0], whole})
	case "(*Template).New", "(*Template).Lookup":
		known := of(value{args[0], whole})
		return s.name(args[1]) && known
	case "(*Template).Parse":
		text, ok := constantText(args[1])
		return of(value{args[0], whole}) && ok && s.parse(s.root, text)
	case "ParseFiles", "ParseGlob":
		return s.files(f, foldersAround(call), f.texts(args[0]), true)
	case "(*Template).ParseFiles", "(*Template).ParseGlob":
		return of(value{args[0], whole}) && s.files(f, foldersAround(call), f.texts(args[1]), false)
	case "ParseFS":
		return s.files(f, f.embeddedIn(args[0]), f.texts(args[1]), true)
	case "(*Template).ParseFS":
		return of(value{args[0], whole}) && s.files(f, f.embeddedIn(args[1]), f.texts(args[2]), false)
	}
	return false
}

// name sets the name of the template that Execute fills in.
func (s *templateSet) name(v ssa.Value) bool {
	text, ok := constantText(v)
	s.root = text
	return ok
}

// parse adds the templates of a text.
func (s *templateSet) parse(name, text string) bool {
	t := parse.New(name)
	t.Mode = parse.SkipFuncCheck
	_, err := t.Parse(text, "", "", s.trees)
	return err == nil
}

// files adds the templates in files: in the only one of some folders that has them.
func (s *templateSet) files(f *flow, folders, patterns []string, first bool) bool {
	for _, pattern := range patterns {
		names := matches(folders, pattern)
		if len(names) == 0 {
			return false
		}
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil || info.Size() > maxTemplate {
				return false
			}
			text, err := os.ReadFile(name)
			if err != nil || !s.parse(filepath.Base(name), string(text)) {
				return false
			}
			if first {
				s.root, first = filepath.Base(name), false
			}
		}
	}
	return len(patterns) > 0
}

func matches(folders []string, pattern string) (found []string) {
	if filepath.IsAbs(pattern) {
		return nil
	}
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(pattern)))
		if err != nil || len(names) > 0 && found != nil {
			return nil
		}
		if len(names) > 0 {
			found = names
		}
	}
	return found
}

// foldersAround returns the folders that a relative path in a call may begin at: that of its package, in which its tests run, and
// those above, up to the root of the module.
func foldersAround(call ssa.CallInstruction) (folders []string) {
	dir := filepath.Dir(call.Parent().Prog.Fset.Position(call.Pos()).Filename)
	for dir != filepath.Dir(dir) {
		folders = append(folders, dir)
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	return folders
}

// embeddedIn returns the folder whose files a variable of type embed.FS holds; none for other values.
func (f *flow) embeddedIn(fsys ssa.Value) []string {
	load, ok := unboxed(fsys).(*ssa.UnOp)
	if !ok {
		return nil
	}
	g, ok := load.X.(*ssa.Global)
	if !ok || types.TypeString(pointee(g.Type()), nil) != "embed.FS" {
		return nil
	}
	return []string{filepath.Dir(g.Pkg.Prog.Fset.Position(g.Pos()).Filename)}
}

// texts returns the constant texts of a text or of a list of them; nil if one is not constant.
func (f *flow) texts(v ssa.Value) (texts []string) {
	values := []ssa.Value{v}
	if _, list := v.Type().Underlying().(*types.Slice); list {
		d := f.destinations(v)
		if !d.known {
			return nil
		}
		values = d.values
	}
	for _, v := range values {
		text, ok := constantText(v)
		if !ok {
			return nil
		}
		texts = append(texts, text)
	}
	return texts
}

func constantText(v ssa.Value) (string, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(c.Value), true
}

// A rendering is a value that a template gets.
type rendering struct {
	v    ssa.Value
	by   ssa.CallInstruction
	set  *templateSet
	root string
}

// renders follows a value into a template. It returns false for other calls, and if the template's text is not known.
func (f *flow) renders(v ssa.Value, l label, call ssa.CallInstruction) bool {
	if l.kind != one && l.kind != many && l.kind != holder || call.Common().IsInvoke() || !layers.Templates(calledPath(call)) {
		return false
	}
	_, name := declaredAs(call.Common().StaticCallee())
	args := call.Common().Args
	if name != "(*Template).Execute" && name != "(*Template).ExecuteTemplate" || args[len(args)-1] != v {
		return false
	}
	set := f.templates(args[0])
	if set == nil {
		return false
	}
	r := rendering{v, call, set, set.root}
	if name == "(*Template).ExecuteTemplate" {
		text, ok := constantText(args[2])
		if !ok {
			return false
		}
		r.root = path.Base(text)
		if set.trees[text] != nil {
			r.root = text
		}
	}
	if set.trees[r.root] == nil {
		return false
	}
	for of := &l; of != nil; of = of.of {
		if of.kind == cell {
			f.readCell(*of, readOther, call, nil)
		}
	}
	if !slices.ContainsFunc(f.rendered, func(o rendering) bool { return o.v == v && o.by == call }) {
		f.rendered = append(f.rendered, r)
	}
	return true
}

// render reads what the templates read.
func (f *flow) render() {
	for _, r := range f.rendered {
		e := evaluation{flow: f, rendering: r, vars: map[string]shapes{}}
		data := f.shapeOf(r.v)
		e.vars["$"] = data
		e.template(r.root, data)
		if e.lost {
			f.escape(r.v.Type(), label{kind: one})
		}
	}
}

// methodOf returns the method of a type with that name, nil if it has none.
func methodOf(t types.Type, name string) *types.Func {
	methods := types.NewMethodSet(t)
	if _, ptr := t.(*types.Pointer); !ptr && !types.IsInterface(t) {
		methods = types.NewMethodSet(types.NewPointer(t))
	}
	for i := range methods.Len() {
		if m, ok := methods.At(i).Obj().(*types.Func); ok && m.Name() == name && m.Exported() {
			return m
		}
	}
	return nil
}
