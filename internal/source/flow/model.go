package flow

import (
	"go/types"
	"reflect"
	"strings"
	"unicode"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// model notes that the fields of a struct hold the columns of their names. It reports whether there are any.
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
		f.fills(slot{name, i}, f.column(analysis.Column{Index: -1, Name: column}))
	}
	return found
}

// columnName returns the column that a field stands for: as its tag says, or as data layers derive it. Lists and structs
// of the user's are relations, and no columns.
func columnName(field *types.Var, tag string) (string, bool) {
	t := reflect.StructTag(tag)
	for _, key := range [...]string{"db", "bun", "gorm", "xorm"} {
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
		if name, _, _ := strings.Cut(value, ","); key != "xorm" && name != "" && !strings.Contains(name, ":") {
			return name, true
		}
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

// snake writes a field's name as a column's: AuthorID as author_id.
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

// hooked reports whether a data layer calls methods of the type as it reads rows: they may do anything.
func hooked(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	methods := types.NewMethodSet(t)
	for _, name := range [...]string{"AfterFind", "AfterScanRow", "AfterSelect", "AfterLoad", "AfterSet", "ScanRow", "ScanRows"} {
		for i := range methods.Len() {
			if methods.At(i).Obj().Name() == name {
				return true
			}
		}
	}
	return false
}
