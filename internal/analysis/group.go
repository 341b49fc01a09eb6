package analysis

import "github.com/nplusgone/nplusgone/internal/record"

// A group is a recorded group as the rules see it.
type group struct {
	*record.Group
}

func NewPass(frozen *record.Frozen, cfg *Config) *Pass {
	p := &Pass{frozen: frozen, cfg: cfg, groups: make([]*group, len(frozen.Groups))}
	for i, g := range frozen.Groups {
		p.groups[i] = &group{g}
	}
	return p
}

// of returns the view of a recorded group of the scope.
func (p *Pass) of(g *record.Group) *group { return p.groups[g.Position] }
