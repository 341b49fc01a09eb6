package analysis

import (
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
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

// UsesOf returns what a scope ran, in the order in which each shape ran first. Statements that failed, that control
// transactions, or that name no table of the application's own are left out, and so is what was shed. Databases are kept
// apart.
func UsesOf(frozen *record.Frozen, source Source) []Use {
	type shape struct {
		id fingerprint.ID
		db *record.Database
	}
	p := NewPass(frozen, &Config{Source: source})
	at := make(map[shape]int, len(p.groups))
	var uses []Use
	for _, g := range p.groups {
		key := shape{g.Key.ID, g.Key.DB}
		i, known := at[key]
		if !known {
			i = len(uses)
			at[key] = i
			uses = append(uses, Use{Fingerprint: g.Parsed.Fingerprint, CallSite: p.trace(g.Key.Stack).site})
		}
		uses[i].Count += g.Count
		uses[i].Rows += g.Rows
		uses[i].Took += g.Took
	}
	return uses
}
