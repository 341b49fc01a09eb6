package nplusgonepgx

import (
	"runtime"
	"strings"
)

// A caller says which function of pgx called a tracer: what the application did with a result. It is a fact about pgx's own
// functions; the application's names have no part in it.
type caller uint8

const (
	byOther caller = iota
	byExec         // Exec: the application gets no rows
	byEnd          // Next, at the end of the rows
	byRow          // QueryRow or CollectOneRow, which read one row
)

// callerOf returns who called the tracer's method that calls it, skip frames further out.
func callerOf(skip int) (c pcs) {
	runtime.Callers(skip+2, c[:])
	return c
}

// pcs are the program counters of a tracer's caller and of the caller of that; 0 for the second if it does not matter.
type pcs [2]uintptr

// callers remembers what pcs stand for. A program has few of them.
type callers [8]struct {
	pcs    pcs
	caller caller
}

func (t *callers) find(at pcs) caller {
	slot := &t[(at[0]^at[1])>>2%uintptr(len(t))]
	if slot.pcs != at {
		slot.pcs, slot.caller = at, read(at)
	}
	return slot.caller
}

// read finds the function by its name.
func read(at pcs) caller {
	known := at[:]
	if at[1] == 0 {
		known = at[:1]
	}
	frames := runtime.CallersFrames(known)
	for first := true; ; first = false {
		f, more := frames.Next()
		name := f.Function[strings.LastIndexByte(f.Function, '/')+1:]
		switch {
		case first && (strings.HasSuffix(name, ".(*Conn).Exec") || strings.HasSuffix(name, "atchResults).Exec")):
			return byExec
		case strings.HasSuffix(name, ".(*baseRows).Next"):
			return byEnd
		case strings.HasSuffix(name, ".(*connRow).Scan"), strings.HasPrefix(name, "v5.CollectOneRow"):
			return byRow
		}
		if !more {
			return byOther
		}
	}
}
