package analysis

import (
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A Use is the totals of all statements of a scope with one fingerprint, on one database.
type Use struct {
	Fingerprint fingerprint.Fingerprint
	Count       int
	Rows        int
	Took        time.Duration
	CallSite    finding.Position // of the first statement
}

// Stat returns u in the form of reports.
func (u Use) Stat() finding.StatementStat {
	return finding.StatementStat{
		Fingerprint: u.Fingerprint.ID.String(), Text: u.Fingerprint.Text, Count: u.Count,
		Milliseconds: u.Took.Seconds() * 1e3, Rows: u.Rows, CallSite: u.CallSite,
	}
}

// UsesOf returns the totals of a scope, in the order of the first statement of each. It leaves out statements that failed,
// that control transactions, or that name no table of the application, and statements that the scope had no room for.
func UsesOf(frozen *record.Frozen, source Source) []Use {
	type shape struct {
		id fingerprint.ID
		db *record.Database
	}
	p := NewPass(frozen, &Config{Source: source})
	index := make(map[shape]int, len(p.groups))
	var uses []Use
	for _, g := range p.groups {
		key := shape{g.Key.ID, g.Key.DB}
		i, ok := index[key]
		if !ok {
			i = len(uses)
			index[key] = i
			uses = append(uses, Use{Fingerprint: g.Parsed.Fingerprint, CallSite: p.callStack(g.Key.Stack).site})
		}
		uses[i].Count += g.Count
		uses[i].Rows += g.Rows
		uses[i].Took += g.Took
	}
	return uses
}
