package analysis

import (
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A namedStack is a stack with names for its addresses, and what the names alone say of it. It must not be changed.
type namedStack struct {
	frames []Frame          // from the caller of database/sql outwards
	user   []bool           // which of them are the user's own code, generated code included
	first  int              // the first of those, -1 when there is none
	site   finding.Position // that one, without its text
	depth  int              // how many frames have a function of the user's that is on the stack again further out
	byStmt bool             // it leads through a *sql.Stmt: the code prepared the statement
	setUp  bool             // it leads through code that prepares a database
}

// names keeps named stacks from scope to scope: a service ends thousands of scopes a second whose statements come from a
// few places, and naming a stack takes longer than a statement.
var names nameCache

type nameCache struct {
	mu   sync.RWMutex
	byID map[stack.ID]*namedStack
}

// maxNamed bounds the cache, to some megabytes. A full one starts anew.
const maxNamed = 2048

func (c *nameCache) of(id stack.ID) *namedStack {
	c.mu.RLock()
	n, ok := c.byID[id]
	c.mu.RUnlock()
	if ok {
		return n
	}
	n = nameStack(id)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byID == nil || len(c.byID) >= maxNamed {
		c.byID = make(map[stack.ID]*namedStack)
	}
	c.byID[id] = n
	return n
}

func nameStack(id stack.ID) *namedStack {
	n := &namedStack{first: -1}
	seen := make(map[string]bool)
	for _, f := range id.Frames() {
		if len(n.frames) == 0 && plumbing(f.Function) {
			n.byStmt = n.byStmt || strings.HasPrefix(f.Function, "database/sql.(*Stmt).")
			continue
		}
		named := Frame{f.Function, f.File, f.Line}
		user := frame.User(f.Function, f.File)
		n.frames = append(n.frames, named)
		n.user = append(n.user, user)
		n.setUp = n.setUp || preparesDatabase(named, user)
		if !user {
			continue
		}
		if seen[f.Function] {
			n.depth++
		}
		seen[f.Function] = true
		if n.first < 0 {
			n.first, n.site = len(n.frames)-1, placeOf(named)
		}
	}
	return n
}
