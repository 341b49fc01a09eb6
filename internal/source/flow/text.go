package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// OneText implements loops.Types.
func (a *Analyser) OneText(stack []analysis.Frame, i int) (one bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer func() {
		if recover() != nil {
			one = false // nothing is known
		}
	}()
	s, ok := a.located(stack, i)
	if !ok || s.call == nil {
		return false
	}
	common := s.call.Common()
	args, texts := common.Args, 0
	if common.Signature().Variadic() && len(args) > 0 {
		if values, ok := args[len(args)-1].(*ssa.Const); !ok || !values.IsNil() {
			return false
		}
		args = args[:len(args)-1]
	}
	for _, arg := range args {
		if t, ok := arg.Type().Underlying().(*types.Basic); ok && t.Info()&types.IsString != 0 {
			texts++
		}
	}
	return texts == 1
}
