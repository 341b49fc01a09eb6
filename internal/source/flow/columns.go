package flow

import (
	"go/types"
	"reflect"
	"strings"
	"unicode"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// method handles a call of a method of rows or of a row.
func (f *flow) method(m *types.Func, l label, args []ssa.Value, call ssa.CallInstruction) {
	switch m.Name() {
	case "Close", "Err", "Columns", "ColumnTypes":
	case "Next":
		f.nexts = append(f.nexts, call)
	case "Scan":
		f.scans = append(f.scans, call)
		f.filled[call] = true
		f.scan(args)
	case "StructScan":
		f.scans = append(f.scans, call)
		f.filled[call] = true
		if len(args) == 1 {
			f.destination(args[0])
		}
	case "MapScan":
		f.scans = append(f.scans, call)
		f.filled[call] = true
		if len(args) == 1 {
			f.holds(args[0], f.values())
		}
	case "SliceScan":
		f.scans = append(f.scans, call)
		f.result(call, 0, 2, f.values())
	default:
		f.lose("%s is called on the rows", m.Name())
	}
}

// values returns the label of a collection of the values of one row, whose columns are not distinguished.
func (f *flow) values() label {
	return label{kind: many, of: &label{kind: cell, cols: f.column(unknownColumn)}, part: true}
}

// scan marks the variables that the columns of a row are read into.
func (f *flow) scan(args []ssa.Value) {
	if len(args) == 0 {
		return
	}
	dests := f.destinations(args[0])
	if !dests.known {
		f.lose("Scan gets a list of variables that is not followed")
		return
	}
	f.scanAll(dests)
}

// scanAll marks the variables that the columns of a row are read into, of which some may be structs with a field for each.
func (f *flow) scanAll(dests destinations) {
	for i, dest := range dests.values {
		dest = unboxed(dest)
		c := unknownColumn
		if dests.ordered {
			c = analysis.Column{Index: i, Name: nameOf(dest)}
		}
		if s, _ := structOf(dest.Type()); s != nil && len(dests.values) == 1 && fillable(dest.Type()) && !holdsOneValue(pointee(dest.Type())) {
			f.destination(dest)
			return
		}
		l := label{kind: cell, cols: f.column(c)}
		f.blob(l.cols, pointee(dest.Type()))
		switch d := dest.(type) {
		case *ssa.FieldAddr:
			_, name := structOf(d.X.Type())
			f.fills(slot{name, d.Field}, l.cols)
			f.holds(d.X, label{kind: one})
		case *ssa.IndexAddr:
			f.holds(d.X, label{kind: many, of: &l, part: true})
		case *ssa.Call: // such as pq.Array(&list)
			for _, arg := range d.Call.Args {
				f.holds(unboxed(arg), l)
			}
		case *ssa.Const:
		default:
			f.holds(dest, l)
		}
	}
}

// unboxed returns the value in an interface.
func unboxed(v ssa.Value) ssa.Value {
	for {
		switch b := v.(type) {
		case *ssa.MakeInterface:
			v = b.X
		case *ssa.ChangeInterface:
			v = b.X
		case *ssa.ChangeType:
			v = b.X
		default:
			return v
		}
	}
}

// nameOf returns the name of a variable or field in the source.
func nameOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		if s, _ := structOf(v.X.Type()); s != nil {
			return s.Field(v.Field).Name()
		}
	case *ssa.Alloc:
		return v.Comment
	}
	return ""
}

// model records that the fields of a struct hold the columns that they are mapped to. It reports whether there are any.
func (f *flow) model(s *types.Struct, name string, depth int) bool {
	found := false
	for i := range s.NumFields() {
		field := s.Field(i)
		if field.Embedded() && depth < 3 {
			if inner, innerName := structOf(field.Type()); inner != nil {
				found = f.model(inner, innerName, depth+1) || found
				continue
			}
		}
		column, ok := columnName(field, s.Tag(i))
		if !field.Exported() || !ok {
			continue
		}
		found = true
		cols := f.column(analysis.Column{Index: -1, Name: column})
		f.blob(cols, pointee(field.Type()))
		f.fills(slot{name, i}, cols)
	}
	return found
}

// columnName returns the column that a field is mapped to, by its tag or by the rule of data layers. Lists and structs of
// the application are relations and have no column.
func columnName(field *types.Var, tag string) (string, bool) {
	t := reflect.StructTag(tag)
	for _, key := range [...]string{"db", "bun", "gorm", "xorm", "boil"} {
		value := t.Get(key)
		if value == "-" {
			return "", false
		}
		if key == "gorm" {
			for _, part := range strings.Split(value, ";") {
				if name, ok := strings.CutPrefix(part, "column:"); ok {
					return name, true
				}
			}
			continue
		}
		if name, ok := strings.CutPrefix(value, "pk,"); ok && key == "db" {
			return name, true // of dbx
		}
		if name, _, _ := strings.Cut(value, ","); key != "xorm" && name != "" && !strings.Contains(name, ":") {
			return name, true
		}
	}
	if holdsOneValue(field.Type()) {
		return snake(field.Name()), true
	}
	switch u := field.Type().Underlying().(type) {
	case *types.Slice:
		if b, ok := u.Elem().Underlying().(*types.Basic); !ok || b.Kind() != types.Byte {
			return "", false
		}
	case *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return "", false
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Struct); ok && !holdsOneValue(u.Elem()) {
			return "", false
		}
	case *types.Struct:
		if !holdsOneValue(field.Type()) {
			return "", false
		}
	}
	return snake(field.Name()), true
}

// holdsOneValue reports whether t is a struct that stands for the value of one column: time.Time, or a type that reads
// itself from a column, as sql.NullString does.
func holdsOneValue(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	if named.Obj().Pkg().Path() == "time" {
		return true
	}
	methods := types.NewMethodSet(types.NewPointer(named))
	for i := range methods.Len() {
		m := methods.At(i).Obj()
		sig, ok := m.Type().(*types.Signature)
		if ok && m.Name() == "Scan" && sig.Params().Len() == 1 && onlyError(sig) {
			if in, ok := sig.Params().At(0).Type().Underlying().(*types.Interface); ok && in.Empty() {
				return true
			}
		}
	}
	return false
}

// snake returns the column name for a field name: author_id for AuthorID.
func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || unicode.IsDigit(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// hooked reports whether a data layer calls methods of the type when it reads rows; they may use the row for anything.
func hooked(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	methods := types.NewMethodSet(t)
	for _, name := range [...]string{
		"AfterFind", "AfterScan", "AfterScanRow", "AfterSelect", "AfterLoad", "AfterSet", "BeforeScanRow", "BeforeSet", "PostGet", "PostScan", "ScanColumn", "ScanRow", "ScanRows",
	} {
		for i := range methods.Len() {
			if methods.At(i).Obj().Name() == name {
				return true
			}
		}
	}
	return false
}
