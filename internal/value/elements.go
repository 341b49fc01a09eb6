package value

import (
	"encoding/json"
	"reflect"
	"strings"
)

// maxListText is the length in bytes of the longest text that elements are read from.
const maxListText = 64 << 10

// Array appends the hashes of the first limit elements of an array argument to dst, and returns also how many elements it
// has. It reads slices and arrays of Go, the arrays of lib/pq and pgx, and PostgreSQL's text form: {1,NULL,"a b"}. An element
// that cannot be read is Unknown. Known is false where v is no array, has more than one dimension, or cannot be read.
func Array(dst []uint64, v any, limit int) (hashes []uint64, n int, known bool) {
	l := list{dst: dst, limit: limit}
	switch v := v.(type) {
	case string:
		return l.result(l.arrayText(v))
	case []byte:
		return l.result(v != nil && l.arrayText(textOf(v)))
	case []int64:
		for _, n := range v {
			l.add(Int(n))
		}
		return l.result(v != nil)
	case []string:
		for _, s := range v {
			l.add(Text(s))
		}
		return l.result(v != nil)
	}
	return l.result(l.slice(reflect.ValueOf(v)))
}

// JSON appends the hashes of the first limit elements of a JSON array to dst, and returns also how many elements it has. It
// reads texts, and the slices and arrays that Array reads. An element that is an array or an object is one text. Known is
// false where v is no JSON array.
func JSON(dst []uint64, v any, limit int) (hashes []uint64, n int, known bool) {
	l := list{dst: dst, limit: limit}
	switch v := v.(type) {
	case string:
		return l.result(l.jsonText(v))
	case []byte:
		return l.result(l.jsonText(textOf(v)))
	}
	r, null, ok := pointed(reflect.ValueOf(v))
	if ok && !null && (r.Kind() == reflect.String || r.Kind() == reflect.Slice && r.Type().Elem().Kind() == reflect.Uint8) {
		if r.Type().Implements(valuerType) {
			return dst, 0, false
		}
		if r.Kind() == reflect.String {
			return l.result(l.jsonText(r.String()))
		}
		return l.result(l.jsonText(textOf(r.Bytes())))
	}
	return l.result(l.slice(reflect.ValueOf(v)))
}

// Separated appends the hashes of the first limit parts of a text to dst, and returns also how many parts it has. An empty
// text has none; a number is one part. Known is false where v is no text or number.
func Separated(dst []uint64, v any, separator byte, limit int) (hashes []uint64, n int, known bool) {
	l := list{dst: dst, limit: limit}
	var text string
	switch v := v.(type) {
	case string:
		text = v
	case []byte:
		text = textOf(v)
	default:
		h, known := Of(v)
		if !known || h == Null {
			return dst, 0, false
		}
		r, _, _ := pointed(reflect.ValueOf(v))
		if r.Kind() != reflect.String {
			l.add(h)
			return l.result(true)
		}
		text = r.String()
	}
	if len(text) > maxListText {
		return dst, 0, false
	}
	if text == "" {
		return dst, 0, true
	}
	for {
		end := strings.IndexByte(text, separator)
		if end < 0 {
			l.add(Text(text))
			return l.result(true)
		}
		l.add(Text(text[:end]))
		text = text[end+1:]
	}
}

// A list collects the hashes of elements.
type list struct {
	dst      []uint64
	n, limit int
}

func (l *list) add(h uint64) {
	if l.n < l.limit {
		l.dst = append(l.dst, h)
	}
	l.n++
}

func (l *list) result(known bool) ([]uint64, int, bool) {
	if !known {
		return l.dst[:len(l.dst)-min(l.n, l.limit)], 0, false
	}
	return l.dst, l.n, true
}

// slice adds the elements of a slice or an array, and reports whether v is one.
func (l *list) slice(v reflect.Value) bool {
	if v.IsValid() && v.Kind() == reflect.Pointer && !v.IsNil() && isArrayWrapper(v.Type().Elem()) {
		v = v.Elem() // its method has a pointer receiver
	}
	v, null, ok := pointed(v)
	if !ok || null {
		return false
	}
	t := v.Type()
	if t.PkgPath() != "" && (t.Implements(valuerType) || reflect.PointerTo(t).Implements(valuerType)) {
		if !isArrayWrapper(t) {
			return false
		}
		if t.Kind() == reflect.Struct { // pq.GenericArray, pgtype.Array
			if valid := v.FieldByName("Valid"); valid.IsValid() && !valid.Bool() {
				return false
			}
			if dims := v.FieldByName("Dims"); dims.IsValid() && dims.Len() > 1 {
				return false
			}
			return l.slice(v.Field(0))
		}
	}
	if k := v.Kind(); k != reflect.Slice && k != reflect.Array || k == reflect.Slice && v.IsNil() {
		return false
	}
	element := t.Elem()
	for element.Kind() == reflect.Pointer {
		element = element.Elem()
	}
	switch element.Kind() {
	case reflect.Uint8:
		return false // bytes, or one UUID
	case reflect.Slice, reflect.Array:
		if element.Elem().Kind() != reflect.Uint8 {
			return false // two dimensions
		}
	}
	if v.Len() > maxListText {
		return false
	}
	for i := range v.Len() {
		if l.n >= l.limit {
			l.n = v.Len()
			break
		}
		h, _ := readKind(v.Index(i))
		l.add(h)
	}
	return true
}

// arrayText adds the elements of a PostgreSQL array in its text form, and reports whether s is one of one dimension.
func (l *list) arrayText(s string) bool {
	if len(s) < 2 || len(s) > maxListText || s[0] != '{' || s[len(s)-1] != '}' {
		return false
	}
	s = s[1 : len(s)-1]
	if s == "" {
		return true
	}
	for {
		var h uint64
		rest := ""
		if s != "" && s[0] == '"' {
			text, after, ok := quoted(s, false)
			if !ok {
				return false
			}
			h, rest = Text(text), after
		} else {
			end := strings.IndexByte(s, ',')
			if end < 0 {
				end = len(s)
			}
			text := strings.TrimSpace(s[:end])
			if text == "" || strings.ContainsAny(text, `{}"\`) {
				return false
			}
			if h, rest = Text(text), s[end:]; len(text) == len("NULL") && strings.EqualFold(text, "NULL") {
				h = Null
			}
		}
		l.add(h)
		if rest == "" {
			return true
		}
		if rest[0] != ',' {
			return false
		}
		s = strings.TrimLeft(rest[1:], " ")
	}
}

// quoted reads the quoted text at the beginning of s, with backslashes as PostgreSQL's arrays or as JSON has them, and
// returns what follows it.
func quoted(s string, isJSON bool) (text, rest string, ok bool) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			text, rest = s[1:i], s[i+1:]
			if strings.IndexByte(text, '\\') < 0 {
				return text, rest, true
			}
			if isJSON {
				text, ok = unescaped(s[:i+1])
				return text, rest, ok
			}
			var b strings.Builder
			for j := 0; j < len(text); j++ {
				if text[j] == '\\' && j+1 < len(text) {
					j++
				}
				b.WriteByte(text[j])
			}
			return b.String(), rest, true
		case '\\':
			i++
		}
	}
	return "", "", false
}

// unescaped returns the text of a JSON text with its quotes.
func unescaped(literal string) (text string, ok bool) {
	err := json.Unmarshal([]byte(literal), &text)
	return text, err == nil
}

// jsonText adds the elements of a JSON array, and reports whether s is one. It does not check more of the elements than
// finding their ends takes.
func (l *list) jsonText(s string) bool {
	if len(s) > maxListText {
		return false
	}
	s = strings.Trim(s, jsonSpace)
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return false
	}
	s = strings.Trim(s[1:len(s)-1], jsonSpace)
	if s == "" {
		return true
	}
	for {
		element, rest, ok := jsonElement(s)
		if !ok {
			return false
		}
		h, ok := jsonHash(element)
		if !ok {
			return false
		}
		l.add(h)
		if rest == "" {
			return true
		}
		s = strings.TrimLeft(rest[1:], jsonSpace)
	}
}

const jsonSpace = " \t\r\n"

// jsonElement cuts the first element of the inside of a JSON array. The rest is empty or begins with a comma.
func jsonElement(s string) (element, rest string, ok bool) {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			_, after, ok := quoted(s[i:], false)
			if !ok {
				return "", "", false
			}
			i = len(s) - len(after) - 1
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth < 0 {
				return "", "", false
			}
		case ',':
			if depth == 0 {
				return strings.Trim(s[:i], jsonSpace), s[i:], true
			}
		}
	}
	return strings.Trim(s, jsonSpace), "", depth == 0
}

// jsonHash returns the hash of an element of a JSON array.
func jsonHash(element string) (uint64, bool) {
	switch element {
	case "":
		return Unknown, false
	case "null":
		return Null, true
	case "true":
		return Bool(true), true
	case "false":
		return Bool(false), true
	}
	switch c := element[0]; {
	case c == '"':
		text, rest, ok := quoted(element, true)
		return Text(text), ok && rest == ""
	case c == '-' || '0' <= c && c <= '9':
		return Text(element), !strings.ContainsAny(element, " \t\r\n\"[{")
	case c == '[' || c == '{':
		return Text(element), true
	}
	return Unknown, false
}
