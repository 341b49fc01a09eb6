package analysis

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

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

// chunks reports whether g's statements take the parts of one longer list: every list but the last is as long as the
// first, and no value is in two of them.
func (g *group) chunks() bool {
	for i := range g.Slots {
		if sl := &g.Slots[i]; sl.Lists != nil && !sl.Constant && (sl.Lists.Uneven || sl.Lists.Overlap) {
			return false
		}
	}
	return true
}

// hasKey reports whether g's rows are found by a key.
func (g *group) hasKey() bool {
	return slices.ContainsFunc(g.Slots, func(sl record.Slot) bool { return g.Facts().Values[sl.Value].Role == fingerprint.RoleKey })
}

// unreadKeys says that values could not be read.
func (p *Pass) unreadKeys() finding.Evidence {
	return finding.Evidence{From: "driver", Against: true, Text: "it is not known whether the keys differ: values of these types cannot be read: " + strings.Join(p.frozen.Unread, ", ")}
}
