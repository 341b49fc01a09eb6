package record

import (
	"slices"

	"github.com/nplusgone/nplusgone/internal/stack"
)

// A SavepointEnd says that a savepoint was released or gone back to: it was of use for what ran before.
type SavepointEnd struct{ Begun, Ended stack.ID }

// EndSavepoint records that a statement of the scope, run at ended, released or went back to a savepoint that was begun at begun.
func (s *Scope) EndSavepoint(begun, ended stack.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	end := SavepointEnd{begun, ended}
	if !s.over.Load() && len(s.ends) < MaxSavepointEnds && !slices.Contains(s.ends, end) {
		s.ends = append(s.ends, end)
	}
}

// addSavepoint adds the savepoint of a statement, which g counts already.
func (g *Group) addSavepoint(st *Statement) {
	if g.Count > 1 && st.Savepoint != g.Savepoint {
		g.SavepointChanges++
	}
	if g.Savepoint = st.Savepoint; st.Savepoint == 0 {
		return
	}
	if g.Savepoints++; g.Savepoints == 1 {
		g.SavepointStack = st.SavepointStack
	} else if g.SavepointStack != st.SavepointStack {
		g.SavepointStack = 0
	}
}

// OwnSavepoints reports whether each of the statements ran in a savepoint of its own.
func (g *Group) OwnSavepoints() bool {
	return int(g.Savepoints) == g.Count && int(g.SavepointChanges) == g.Count-1
}
