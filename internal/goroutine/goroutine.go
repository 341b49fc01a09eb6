// Package goroutine marks a goroutine, and all goroutines that it starts later, with an ID. Code that does not pass its
// context along can read the ID from the goroutine.
//
// The mark is a label of runtime/pprof, which goroutines inherit. It is set by that package's own functions, in a context
// and on the goroutine: code that sets its own labels, made from that context, keeps the mark. The application's labels are
// kept, and restored when the mark is removed.
//
// A function that a timer starts, as with time.AfterFunc, has no mark.
package goroutine

import (
	"context"
	"reflect"
	"runtime/pprof"
	"unsafe"
)

// key is the name of the label.
const key = "nplusgone"

// A Mark is the state of a goroutine before Set, which Unset restores.
type Mark struct {
	id     string
	before unsafe.Pointer // the labels that the goroutine had
}

// Set marks the calling goroutine with an ID. It returns ctx with the label of the mark.
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

// Unset restores the labels that the calling goroutine had before Set. On a goroutine with another mark, or none, it does
// nothing.
func (m Mark) Unset() {
	if m.id != "" && ID() == m.id {
		setLabels(m.before)
	}
}

// ID returns the ID of the calling goroutine's mark, or "".
func ID() string { return Current().ID() }

// Labels are all labels of a goroutine, which do not change. Two Labels are equal if a goroutine has inherited the labels of the
// other one; keeping Labels keeps others from becoming equal to them. The zero Labels are none.
type Labels struct{ at unsafe.Pointer }

// Current returns the labels of the calling goroutine.
func Current() Labels {
	if !supported {
		return Labels{}
	}
	return Labels{getLabels()}
}

// ID returns the ID of the mark among the labels, or "".
func (l Labels) ID() string {
	for _, l := range labelsAt(l.at) {
		if l.key == key {
			return l.value
		}
	}
	return ""
}

// Slot returns a number below n, which equal Labels have in common.
func (l Labels) Slot(n int) int { return int(uintptr(l.at) >> 4 % uintptr(n)) }

// A label has the memory layout of those of runtime/pprof, see supported.
type label struct{ key, value string }

func labelsAt(p unsafe.Pointer) []label {
	if p == nil {
		return nil
	}
	return *(*[]label)(p)
}

// The runtime promises to keep these two functions and their signatures, because other modules use them.

//go:linkname getLabels runtime/pprof.runtime_getProfLabel
func getLabels() unsafe.Pointer

//go:linkname setLabels runtime/pprof.runtime_setProfLabel
func setLabels(unsafe.Pointer)

// supported reports whether labels have the expected layout: a structure whose one field is a slice of pairs of
// strings. It is that of Go 1.24 to 1.27. With another layout goroutines have no marks, and scopes are found by contexts only.
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
