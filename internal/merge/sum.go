package merge

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// mergeEntries makes one entry of those with one identity, and puts the entries into order.
func (c *Collection) mergeEntries() error {
	x := &c.index
	all := make([]uint32, x.count)
	for i := range all {
		all[i] = uint32(i)
	}
	slices.SortFunc(all, func(i, j uint32) int {
		a, b := x.entry(i), x.entry(j)
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.run, b.run), cmp.Compare(a.source, b.source), cmp.Compare(a.at, b.at))
	})
	x.order = all[:0] // never longer than what was read already
	for len(all) > 0 {
		n, first := 1, x.entry(all[0])
		for n < len(all) && !first.alone && x.entry(all[n]).key == first.key {
			n++
		}
		kept, err := c.mergeGroup(all[:n])
		if err != nil {
			return err
		}
		x.order = append(x.order, all[:kept]...)
		all = all[n:]
	}
	c.sort()
	return nil
}

// mergeGroup merges entries with one key, writes the results over the first of them, and returns how many results there
// are: usually one, but two identities may have the same key. The entries of a run follow each other.
func (c *Collection) mergeGroup(group []uint32) (kept int, err error) {
	if len(group) == 1 {
		return 1, nil
	}
	var sums []*sum
	for rest := group; len(rest) > 0; {
		n := c.sameRun(rest)
		best, err := c.bestOf(rest[:n])
		if err != nil {
			return 0, err
		}
		for _, f := range best {
			i := slices.IndexFunc(sums, func(s *sum) bool { return s.best.Identity == f.Identity })
			if i < 0 {
				sums = append(sums, newSum(f))
				continue
			}
			sums[i].add(f)
		}
		rest = rest[n:]
	}
	for i, s := range sums {
		e, err := c.store(s.finding())
		if err != nil {
			return 0, err
		}
		*c.index.entry(group[i]) = e
	}
	return len(sums), nil
}

// sameRun returns how many of the first entries are of one run. Each finding of a document is on its own: it counts, also
// when the document has its identity twice.
func (c *Collection) sameRun(entries []uint32) int {
	run, n := c.index.entry(entries[0]).run, 1
	for run != 0 && n < len(entries) && c.index.entry(entries[n]).run == run {
		n++
	}
	return n
}

// bestOf reads findings of one run and returns the best of each identity.
func (c *Collection) bestOf(entries []uint32) (best []*finding.Finding, err error) {
	for _, i := range entries {
		f, err := c.read(c.index.entry(i))
		if err != nil {
			return nil, err
		}
		j := slices.IndexFunc(best, func(b *finding.Finding) bool { return b.Identity == f.Identity })
		switch {
		case j < 0:
			best = append(best, f)
		case finding.Better(f, best[j]):
			best[j] = f
		}
	}
	return best, nil
}

// store writes a merged finding to the spool.
func (c *Collection) store(f *finding.Finding) (entry, error) {
	body, err := json.Marshal(f)
	if err != nil {
		return entry{}, fmt.Errorf("merge: encoding finding %q: %w", f.Identity, err)
	}
	e := entry{source: inSpool, at: c.spool.size, size: uint32(len(body))}
	c.index.describe(&e, f)
	if _, err := c.spool.Write(body); err != nil {
		return entry{}, fmt.Errorf("merge: storing a finding: %w", err)
	}
	return e, nil
}

// A sum is that of findings of one identity from several runs and documents.
type sum struct {
	best                *finding.Finding // as it was found, without the numbers of the others
	several             bool
	count, saved, worst int
	turns               int // 0 when one of the findings has none
	statements          []finding.StatementStat
}

func newSum(f *finding.Finding) *sum {
	return &sum{best: f, count: f.Count, saved: f.Saved, worst: f.Most(), turns: f.Turns, statements: slices.Clone(f.Statements)}
}

func (s *sum) add(f *finding.Finding) {
	s.several = true
	s.count += f.Count
	s.saved += f.Saved
	s.worst = max(s.worst, f.Most())
	s.turns += f.Turns
	if s.turns == f.Turns || f.Turns == 0 {
		s.turns = 0
	}
	if finding.Better(f, s.best) {
		s.best = f
		s.statements = addStatements(slices.Clone(f.Statements), s.statements)
		return
	}
	s.statements = addStatements(s.statements, f.Statements)
}

// finding returns the best finding with the numbers of all.
func (s *sum) finding() *finding.Finding {
	f := *s.best
	if s.several {
		f.ScopeCount = cmp.Or(f.ScopeCount, f.Count)
		f.Count, f.Saved, f.Worst, f.Turns, f.Statements = s.count, s.saved, s.worst, s.turns, s.statements
	}
	return &f
}

// addStatements adds more to stats, statement by statement.
func addStatements(stats, more []finding.StatementStat) []finding.StatementStat {
	for _, s := range more {
		i := slices.IndexFunc(stats, func(t finding.StatementStat) bool { return finding.SameStatement(s, t) })
		if i < 0 {
			stats = append(stats, s)
			continue
		}
		t := &stats[i]
		t.Count += s.Count
		t.Rows += s.Rows
		t.Milliseconds = finding.RoundTime(t.Milliseconds + s.Milliseconds)
	}
	return stats
}

// mergeTestRuns makes one of the runs of each package, and orders them by package. A package whose tests are spread over
// shards is whole when one of its runs is; what is missing in one run is missing.
func mergeTestRuns(runs []finding.TestRun) []finding.TestRun {
	slices.SortStableFunc(runs, func(a, b finding.TestRun) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Missing, b.Missing), cmp.Compare(a.Untyped, b.Untyped))
	})
	merged := runs[:0]
	for _, r := range runs {
		if n := len(merged); n > 0 && merged[n-1].Package == r.Package {
			last := &merged[n-1]
			last.Whole = last.Whole || r.Whole
			last.Missing = cmp.Or(last.Missing, r.Missing)
			last.Untyped = cmp.Or(last.Untyped, r.Untyped)
			continue
		}
		merged = append(merged, r)
	}
	return slices.Clip(merged)
}

// mergeDeferred keeps one statement of those with the same scope, text and stack: the one with most rows.
func mergeDeferred(all []finding.Deferred) []finding.Deferred {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b finding.Deferred) int {
		return cmp.Or(
			cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Text, b.Text),
			slices.CompareFunc(a.Stack, b.Stack, compareCalls),
			cmp.Compare(b.Rows, a.Rows), cmp.Compare(b.Milliseconds, a.Milliseconds),
		)
	})
	return slices.CompactFunc(all, func(a, b finding.Deferred) bool {
		return a.Scope == b.Scope && a.Text == b.Text && slices.Equal(a.Stack, b.Stack)
	})
}

func compareCalls(a, b finding.Call) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Function, b.Function))
}
