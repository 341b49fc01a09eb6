// Package goroutine marks a goroutine, and all that it starts from then on, with an ID that can be read back without a
// context: for code that hands none on.
//
// The mark is a label of runtime/pprof, which goroutines inherit. It is set with that package's own functions, in a
// context as well as on the goroutine: code that sets labels of its own, made from that context, keeps ours. It is read
// back by what it says, never by its address. The labels that an application has set are kept, and are back when the
// mark is taken away.
//
// What is set up by a timer, as in time.AfterFunc, inherits nothing.
package goroutine

import (
	"context"
	"reflect"
	"runtime/pprof"
	"unsafe"
)

// key is the name of the label.
const key = "nplusgone"

// A Mark is what has to be undone.
type Mark struct {
	id     string
	before unsafe.Pointer // the labels that the goroutine had
}

// Set marks the calling goroutine with an ID, and returns a context whose labels are marked, too.
func Set(ctx context.Context, id string) (context.Context, Mark) {
	if !supported {
		return ctx, Mark{}
	}
	before := getLabels()
	ctx = pprof.WithLabels(ctx, pprof.Labels(key, id))
	on := ctx
	if had := labelsAt(before); len(had) > 0 {
		all := make([]string, 0, 2*len(had)+2)
		for _, l := range had {
			if l.key != key {
				all = append(all, l.key, l.value)
			}
		}
		on = pprof.WithLabels(context.Background(), pprof.Labels(append(all, key, id)...))
	}
	pprof.SetGoroutineLabels(on)
	return ctx, Mark{id, before}
}

// Unset gives the calling goroutine the labels back that it had when it was marked. On a goroutine that has another mark
// by now, or none, it does nothing.
func (m Mark) Unset() {
	if m.id != "" && ID() == m.id {
		setLabels(m.before)
	}
}

// ID returns the ID that the calling goroutine is marked with, or "".
func ID() string {
	if !supported {
		return ""
	}
	for _, l := range labelsAt(getLabels()) {
		if l.key == key {
			return l.value
		}
	}
	return ""
}

// A label is laid out as those of runtime/pprof are: see supported.
type label struct{ key, value string }

func labelsAt(p unsafe.Pointer) []label {
	if p == nil {
		return nil
	}
	return *(*[]label)(p)
}

// The runtime keeps these two names for others that use them, with these signatures.

//go:linkname getLabels runtime/pprof.runtime_getProfLabel
func getLabels() unsafe.Pointer

//go:linkname setLabels runtime/pprof.runtime_setProfLabel
func setLabels(unsafe.Pointer)

// supported says that runtime/pprof lays labels out as expected: a structure that holds nothing but a slice of pairs of
// strings. Go 1.24 to 1.27 do. With another layout goroutines have no marks, and only contexts tell.
var supported = func() bool {
	ctx := reflect.ValueOf(pprof.WithLabels(context.Background(), pprof.Labels(key, "")))
	if ctx.Kind() != reflect.Pointer || ctx.Elem().Kind() != reflect.Struct {
		return false
	}
	value := ctx.Elem().FieldByName("val") // of a context.valueCtx
	if value.Kind() != reflect.Interface || value.Elem().Kind() != reflect.Pointer {
		return false
	}
	t := value.Elem().Type().Elem()
	for t.Kind() == reflect.Struct && t.NumField() == 1 {
		t = t.Field(0).Type
	}
	if t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.Struct {
		return false
	}
	pair := t.Elem()
	return pair.NumField() == 2 && pair.Field(0).Type.Kind() == reflect.String && pair.Field(1).Type.Kind() == reflect.String
}()
