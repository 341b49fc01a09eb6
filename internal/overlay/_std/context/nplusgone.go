package context

import (
	"internal"
	"reflect"
	"sync/atomic"
	"time"
)

// nplusSpecKey is the key of the context that Ginkgo makes for each node of a spec. Gomega finds it by this key, so Ginkgo keeps it.
const nplusSpecKey = "GINKGO_SPEC_CONTEXT"

// nplusLate is how long reading the report of a spec may take.
const nplusLate = 5 * time.Second

// nplusNoSpecs is whether reports of specs cannot be read.
var nplusNoSpecs atomic.Bool

// nplusValue begins the scope of a spec if a value is the context of one: Ginkgo makes it on the goroutine that starts the one of the node.
//
// The report of the spec is read on another goroutine: Ginkgo locks its suite for it, so if a release made the context while it has that
// lock, reading would never end.
func nplusValue(key, val any) {
	if k, ok := key.(string); !ok || k != nplusSpecKey || !internal.On() || nplusNoSpecs.Load() {
		return
	}
	read := make(chan nplusReport, 1)
	go func() { read <- nplusRead(val) }()
	late := time.NewTimer(nplusLate)
	defer late.Stop()
	select {
	case r := <-read:
		internal.Spec(r.name, r.start, r.attempt)
	case <-late.C:
		nplusNoSpecs.Store(true)
		internal.Spec("", 0, 0)
	}
}

// A nplusReport is what identifies an attempt of a spec.
type nplusReport struct {
	name    string // empty for none
	start   int64  // of the spec
	attempt uint64
}

// nplusRead reads the report of a spec, by exported methods and fields of Ginkgo's SpecContext and SpecReport. If something is not as
// expected, it returns the zero value, and the statements are of the test that runs the suite.
func nplusRead(val any) (r nplusReport) {
	defer func() {
		if recover() != nil { // reflection panics
			r = nplusReport{}
		}
	}()
	report := reflect.ValueOf(val).MethodByName("SpecReport").Call(nil)[0]
	kind := report.FieldByName("LeafNodeType").Interface().(interface{ String() string })
	start := report.FieldByName("StartTime").Interface().(time.Time)
	if kind.String() != "It" || start.IsZero() { // a node of the suite, or one that reports before the spec
		return r
	}
	return nplusReport{
		name:    report.MethodByName("FullText").Call(nil)[0].String(),
		start:   start.UnixNano(),
		attempt: uint64(report.FieldByName("NumAttempts").Int()),
	}
}
