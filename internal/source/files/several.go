package files

import (
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// CalledAgain returns the index of the outermost frame of a stack on whose line its function calls the function of the next inner
// frame several times, as in equal(get(a), get(b)). It is -1 if there is none.
func (s *Set) CalledAgain(stack []analysis.Frame) int {
	for i := len(stack) - 1; i > 0; i-- {
		fr, inner := stack[i], stack[i-1].Function
		if !frame.User(fr.Function, fr.File) || frame.Closure(inner) > 0 {
			continue
		}
		fn, ok := s.Locate(fr)
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(frame.Name(inner), "[") // without type arguments
		name = name[strings.LastIndexByte(name, '.')+1:]
		several := 0
		for _, call := range fn.File.Calls(fn.Node, fr.Line) {
			if Callee(call) == name {
				several++
			}
		}
		if several > 1 {
			return i
		}
	}
	return -1
}
