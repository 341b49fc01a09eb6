package detector

import (
	"cmp"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// A Use is what a scope did with one shape of statement, from wherever: how often, how long, and first from where.
type Use struct {
	Fingerprint fingerprint.Fingerprint
	Count       int
	Rows        int
	Took        time.Duration
	CallSite    finding.Position // of the first
}

// Stat returns u as reports have it.
func (u Use) Stat() finding.StatementStat {
	return finding.StatementStat{
		Fingerprint: u.Fingerprint.ID.String(), Text: u.Fingerprint.Text, Count: u.Count,
		Milliseconds: u.Took.Seconds() * 1e3, Rows: u.Rows, CallSite: u.CallSite,
	}
}

// Uses returns what the scope has run so far, in the order in which each shape ran first. Statements that failed, that
// control transactions, or that look at no table of the application's own are left out, and so is what was shed.
// Databases are told apart. It returns nothing once the scope has ended.
func (s *Scope) Uses() []Use {
	type shape struct {
		id fingerprint.ID
		db *Database
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	groups := slices.SortedFunc(slices.Values(s.order), func(a, b *group) int { return cmp.Compare(a.first, b.first) })
	p := &pass{scope: s, cfg: s.sourced()}
	at := make(map[shape]int, len(groups))
	var uses []Use
	for _, g := range groups {
		key := shape{g.key.id, g.key.db}
		i, known := at[key]
		if !known {
			i = len(uses)
			at[key] = i
			uses = append(uses, Use{Fingerprint: g.parsed.Fingerprint, CallSite: p.trace(g.key.stack).site})
		}
		uses[i].Count += g.count
		uses[i].Rows += g.rows
		uses[i].Took += g.took
	}
	return uses
}

// sourced returns the detector's configuration with the source of the process where it has none of its own.
func (s *Scope) sourced() *config {
	cfg := s.detector.cfg
	if cfg.source == nil {
		cfg.source, _ = processWide()
	}
	return &cfg
}
