package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/record"
)

// duplicateQuery finds a SELECT that runs again although its result is known.
var duplicateQuery = &Rule{Rule: finding.Rule{
	Name: "duplicate-query", Title: "the same SELECT with the same arguments and the same result, again", Since: "v0.1.0", Tips: []int{2, 3}, Max: finding.Proven,
	Doc: "One scope runs the same SELECT with the same arguments more than once and gets the same rows each time: in a loop, or " +
		"from several call sites.",
	Cost: "Each repetition takes as long as the first query and returns no new data.",
	Proof: "Proven: text, arguments and rows are equal, the statements ran in one transaction or in none, no recorded statement " +
		"wrote to their tables in between, and they neither lock rows nor call a function whose result may change. If the source " +
		"shows that an argument changes with the turns of the loop, so that several turns had the same value, a finding is likely.",
	Fix: "Load it once and pass it on: above the loop, in the request's context, or as a parameter.",
	Quiet: "Reads after a write to their tables, queries whose results differ, locking reads, queries with now() or another function " +
		"whose result may change, statements that n-plus-one reports. Mitigations lower a finding.",
},
	check: checkDuplicates,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("the same query with the same arguments and result ran %d times", f.Count)
	},
	requires: []*Rule{nPlusOne},
}

func checkDuplicates(p *Pass) {
	repeats := slices.Clone(p.frozen.Repeats)
	slices.SortFunc(repeats, func(a, b record.Repeat) int { return cmp.Compare(a.Last, b.Last) })
	byGroup := make(map[*group]*detection)
	for i := range repeats {
		h := duplicate(p, &repeats[i])
		if h == nil {
			continue
		}
		// Repetitions with several arguments from the same call sites are one detection.
		first := p.of(repeats[i].Sites[0].Group)
		if known, ok := byGroup[first]; ok {
			known.count += h.count
			known.needed++
			continue
		}
		byGroup[first] = h
		p.report(h)
	}
}

// duplicate returns the detection for one repetition: at the loop that runs the statement again, or where the stacks of its call
// sites part.
func duplicate(p *Pass, d *record.Repeat) *detection {
	sites := slices.DeleteFunc(slices.Clone(d.Sites), func(s record.Site) bool { return p.covered(p.of(s.Group), nPlusOne) })
	if len(sites) == 0 {
		return nil
	}
	if p.concurrent(sites) {
		slices.SortStableFunc(sites, func(a, b record.Site) int { return cmp.Compare(p.wayTo(a), p.wayTo(b)) })
	}
	var looped *detection
	for _, s := range sites {
		g := p.of(s.Group)
		r := p.repeat(g)
		if h := p.calledAgain(d, s, r); h != nil {
			looped = cmp.Or(looped, h)
			continue
		}
		if s.Count < 2 {
			continue
		}
		h := &detection{group: g, level: finding.Proven, count: s.Count, needed: 1, repeat: r, repeated: d, fix: finding.Fix{Text: p.rule.Fix}}
		h.evidence = append(h.evidence, sameResult(d), finding.Evidence{From: "stack", Text: fmt.Sprintf("%d queries have the same call stack", s.Count)})
		if r.loop != nil && p.changesWith(g, *r.loop) == FlowShown {
			h.level = finding.Likely
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Against: true, Text: "an argument changes with the turns of the loop: several turns had the same value"})
		}
		if !r.harmless() {
			return h
		}
		looped = cmp.Or(looped, h)
	}
	return cmp.Or(p.acrossSites(d, sites), looped)
}

// calledAgain returns the detection of a site whose statement no loop of the application repeats, but several calls on one line; nil
// if the source shows no such line. Two calls on one line have one stack, or two that are equal but for addresses.
func (p *Pass) calledAgain(d *record.Repeat, s record.Site, r repeat) *detection {
	if p.cfg.Source == nil || r.loop != nil && !r.loop.Library {
		return nil
	}
	frames, count := p.inScope(p.callStack(s.Group.Key.Stack).frames), 0
	for _, o := range d.Sites {
		if sameFrames(frames, p.inScope(p.callStack(o.Group.Key.Stack).frames)) {
			count += o.Count
		}
	}
	if count < 2 {
		return nil
	}
	at := p.cfg.Source.CalledAgain(frames)
	if at < 0 {
		return nil
	}
	here := p.position(frames[at])
	return &detection{
		group: p.of(s.Group), level: finding.Proven, count: count, needed: 1, repeat: repeat{source: r.source}, repeated: d,
		parts: []Frame{frames[at], frames[at]}, sites: []finding.Position{here, here}, fix: finding.Fix{Text: p.rule.Fix},
		evidence: []finding.Evidence{sameResult(d), {From: "source", Text: "one line makes the call several times"}},
	}
}

// concurrent reports whether sites first ran on several goroutines. Their order is that of the run then, and a finding must have
// the same position in the next one.
func (p *Pass) concurrent(sites []record.Site) bool {
	goroutine := func(s record.Site) uint32 {
		at := slices.IndexFunc(p.frozen.Sequence, func(e record.Event) bool { return e.Group == s.Group.Position })
		if at < 0 {
			return 0
		}
		return p.frozen.Sequence[at].Goroutine
	}
	return slices.ContainsFunc(sites[1:], func(s record.Site) bool { return goroutine(s) != goroutine(sites[0]) })
}

// wayTo returns all calls of the application that led to a site.
func (p *Pass) wayTo(s record.Site) string {
	t := p.callStack(s.Group.Key.Stack)
	return p.way(t, len(t.frames)-1)
}

// acrossSites returns the detection of a repetition with several call sites; nil if their stacks do not part in application code.
// Sites that part from the others in test code are left out if there are others: the test looks at what the code under test read.
func (p *Pass) acrossSites(d *record.Repeat, sites []record.Site) *detection {
	var best, tests *detection
	for i := range sites[:min(len(sites), maxSites)] {
		own, all := p.partingFrom(d, sites, i)
		if own != nil && (best == nil || own.count > best.count) {
			best = own
		}
		tests = cmp.Or(tests, all)
	}
	return cmp.Or(best, tests)
}

// partingFrom returns the detection of the sites whose stacks part from that of the i-th one: own has those that part outside of
// tests, all has all of them. Both are nil if there are none.
func (p *Pass) partingFrom(d *record.Repeat, sites []record.Site, i int) (own, all *detection) {
	first := p.callStack(sites[i].Group.Key.Stack)
	add := func(h *detection, t *callStack, at int) {
		if h.generated = (h.parts == nil || h.generated) && t.user > at; t.user > at {
			at = t.user // the call in handwritten code that led to the generated code
		}
		h.parts = append(h.parts, t.frames[at])
		h.sites = append(h.sites, p.position(t.frames[at]))
		h.evidence = append(h.evidence, finding.Evidence{From: "stack", Text: "it ran at " + p.way(t, at)})
		h.count++
	}
	with := func(h **detection, t *callStack, from, at int) {
		if *h == nil {
			*h = &detection{group: p.of(sites[i].Group), level: finding.Proven, needed: 1, repeat: repeat{source: true}, repeated: d, fix: finding.Fix{Text: p.rule.Fix}}
			(*h).evidence = append((*h).evidence, sameResult(d))
			add(*h, first, from)
		}
		add(*h, t, at)
	}
	for k, s := range sites {
		t := p.callStack(s.Group.Key.Stack)
		from, at, ok := p.parting(first, t)
		if k == i || !ok || oneCall(first.frames[from:], t.frames[at:]) {
			continue // a literal that is compiled into several functions has a name in each
		}
		with(&all, t, from, at)
		if !p.isTest(first.frames[from]) && !p.isTest(t.frames[at]) {
			with(&own, t, from, at)
		}
	}
	return own, all
}

// oneCall reports whether the first frames of two stacks are at one place, in functions of different names, and one line called both.
// A function with one name is called twice, from two places of a library, as by a template.
func oneCall(a, b []Frame) bool {
	return a[0].Function != b[0].Function && a[0].File == b[0].File && a[0].Line == b[0].Line && len(a) > 1 && len(b) > 1 && a[1] == b[1]
}

// parting returns the indexes of the frames, one of each stack, where two stacks part: in a function of the application; or, if
// a library or two goroutines lead to different functions of the application, the outermost of those.
func (p *Pass) parting(a, b *callStack) (i, j int, ok bool) {
	i, j, ok = diverge(a, b)
	if ok || i < 0 || j < 0 {
		return i, j, ok
	}
	for i >= 0 && !isUser(a.frames[i]) {
		i--
	}
	for j >= 0 && !isUser(b.frames[j]) {
		j--
	}
	return i, j, i >= 0 && j >= 0
}

// partsInOneFunction reports whether the stacks part in one function of the application.
func (h *detection) partsInOneFunction() bool {
	return len(h.parts) > 1 && h.parts[0].Function == h.parts[1].Function
}

// exclusive reports whether the source shows that one call of the function where the stacks part cannot make both calls.
func (p *Pass) exclusive(h *detection) bool {
	return p.cfg.Source != nil && p.cfg.Source.Exclusive(h.parts[0], h.parts[0].Line, h.parts[1].Line)
}

// calledBack reports whether all ways to a repeated statement are one way through the application, below different libraries'
// functions that begin their goroutines: a collector of metrics is called once to describe itself and once for each export.
// GraphQL's executors are no such libraries, because a resolver that runs again has loaders to ask.
func (p *Pass) calledBack(h *detection) bool {
	if h.repeated == nil || len(h.parts) < 2 {
		return false
	}
	for _, s := range h.repeated.Sites {
		t := p.callStack(s.Group.Key.Stack)
		at := len(t.frames) - 1
		for at >= 0 && !isUser(t.frames[at]) {
			if layers.Of(frame.Package(t.frames[at].Function)).Has(layers.GraphQL) {
				return false
			}
			at--
		}
		if at < 0 || at == len(t.frames)-1 || t.frames[at] != h.parts[0] {
			return false
		}
	}
	return true
}

// lockBetween reports whether the source takes a lock between two calls in one function, so that the second read is
// intended.
func (p *Pass) lockBetween(h *detection) bool {
	if p.cfg.Source == nil {
		return false
	}
	for i, a := range h.parts {
		for _, b := range h.parts[i+1:] {
			if a.Function != b.Function || a.File != b.File {
				continue
			}
			if first, last := min(a.Line, b.Line), max(a.Line, b.Line); p.cfg.Source.Locks(a, first+1, last-1) {
				return true
			}
		}
	}
	return false
}

// keyOfOtherRows reports whether the repeated key was returned by a statement that ran with different arguments: two rows have
// the same value, and the code does not repeat itself.
func (p *Pass) keyOfOtherRows(d *record.Repeat) bool {
	if d.Key == 0 {
		return false
	}
	sources := make(map[uint64]*group) // by fingerprint and database: the first group that returned the key
	for _, g := range p.groups {
		if g.First >= d.Last || !g.Results.Holds(d.Key) {
			continue
		}
		first, known := sources[g.Hash]
		switch {
		case !known:
			sources[g.Hash] = g
			if g.Count > 1 && g.Arguments.Count() > 1 && g.Fetched() > 1 {
				return true
			}
		case g.Arguments.First() != first.Arguments.First():
			return true
		}
	}
	return false
}

// way returns the application's calls from frame i of a stack down to its statement, the outermost first.
func (p *Pass) way(t *callStack, i int) string {
	var calls []string
	for ; i >= 0; i-- {
		if f := t.frames[i]; frame.User(f.Function, f.File) {
			calls = append(calls, fmt.Sprintf("%s:%d", frame.Relative(f.Function, f.File), f.Line))
		}
	}
	return strings.Join(calls, " -> ")
}

func sameResult(d *record.Repeat) finding.Evidence {
	return finding.Evidence{From: "driver", Text: fmt.Sprintf("arguments and result (%s) were the same each time, and no recorded statement wrote to its tables in between", rowCount(d.Rows))}
}
