package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A parentMatch is an earlier statement of the scope whose result has a group's arguments: they are values of its columns,
// in row order.
type parentMatch struct {
	parent      *group
	columns     []string
	matched     int
	skipped     int  // rows between the matched ones
	repeated    int  // arguments that matched the row of the argument before
	unused      int  // rows after the last matched one
	nameMatches bool // the column's name is that of the compared key; see namesKey
	byName      bool // only nameMatches decided between several matches
	strength    strength
	proven      bool
	excluded    bool // the source shows that the arguments come from elsewhere
}

// A strength is the reason why an earlier result is the origin of arguments, besides holding their values in row order.
type strength uint8

const (
	byValue strength = iota // none
	byRange                 // the values come from so large a space that chance gives none
	byFlow                  // the source shows that the result flows into the arguments
)

// findParent returns the earlier result that g's arguments come from. If several explain them equally well it is nil, and
// they are the candidates, the latest first.
//
// Values in row order prove nothing by themselves if they are small integers or short texts: a counter gives the same
// values, and so does any table of that size. Then the source must show that the parent's result flows into the arguments.
// Column names prove nothing. They only choose between matches that are equal otherwise, and the finding says so.
func (p *Pass) findParent(g *group, r repeat) (best *parentMatch, candidates []*parentMatch) {
	var judged, matches []*parentMatch
	for i := range g.Slots {
		sl := &g.Slots[i]
		if !keySlot(g, i) || sl.Constant {
			continue // a value that never changes has no row of its own
		}
		for _, o := range closest(sl.Matches, g.Facts().Values[sl.Value]) {
			judged = append(judged, p.judgeMatch(g, i, o, r))
		}
	}
	for _, m := range judged {
		if m.excluded && p.throughLookUp(m, judged) {
			m.excluded, m.strength, m.proven = false, byFlow, true
		}
		if !m.excluded && !m.echoes() {
			matches = addMatch(matches, m)
		}
	}
	// What was fetched once for each of g's statements is not the parent of them all, if another result is.
	if slices.ContainsFunc(matches, func(m *parentMatch) bool { return p.fansOutOf(m.parent, g) }) {
		matches = slices.DeleteFunc(matches, func(m *parentMatch) bool { return !p.fansOutOf(m.parent, g) })
	}
	slices.SortStableFunc(matches, func(a, b *parentMatch) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.distance(), b.distance()))
	})
	switch {
	case len(matches) == 0:
		return nil, nil
	case len(matches) == 1 || matches[0].strength > matches[1].strength || matches[0].strength == byFlow:
		return matches[0], nil
	}
	// Only names are left to choose by, and only if they choose one.
	equal := matches
	if at := slices.IndexFunc(matches, func(m *parentMatch) bool { return m.strength < matches[0].strength }); at > 0 {
		equal = matches[:at]
	}
	var named []*parentMatch
	for _, m := range equal {
		if m.nameMatches {
			named = append(named, m)
		}
	}
	if len(named) == 1 {
		named[0].byName, named[0].proven = true, false
		return named[0], nil
	}
	return nil, equal
}

// echoes reports whether the parent is a look-up by the column that the arguments are values of: it returns what it was given, and
// the values come from elsewhere.
func (m *parentMatch) echoes() bool {
	key := m.parent.onlyKey()
	if m.parent.Count > 1 { // onlyKey wants equal values
		for i := range m.parent.Slots {
			if m.parent.Facts().Values[m.parent.Slots[i].Value].Role == fingerprint.RoleKey {
				key = i
			}
		}
	}
	return key >= 0 && !m.parent.Slots[key].Many && m.parent.Longest <= 1 && len(m.columns) == 1 && strings.EqualFold(m.parent.keyColumn(key), m.columns[0])
}

// throughLookUp reports whether the source shows that m's result flows into a look-up that returns the key that it was given, and from
// there into the arguments.
func (p *Pass) throughLookUp(m *parentMatch, judged []*parentMatch) bool {
	return slices.ContainsFunc(judged, func(l *parentMatch) bool {
		return l.strength == byFlow && l.echoes() && l.parent != m.parent && p.flow(m.parent, l.parent, p.repeat(l.parent)) == FlowShown
	})
}

// unreadParent returns the latest earlier result whose rows reach g's keys, which could not be read, with the turns of the
// loop; nil if the source shows none. Each turn is about another row then, whatever its key is.
func (p *Pass) unreadParent(g *group, r repeat) *parentMatch {
	asked := 0
	for _, parent := range slices.Backward(p.groups) {
		if parent.First >= g.First || parent.Rows < g.Count || parent.Results.Names == nil {
			continue
		}
		if asked++; asked > maxParents {
			break
		}
		if p.flow(parent, g, r) == FlowShown {
			return &parentMatch{parent: parent, strength: byFlow, proven: true}
		}
	}
	return nil
}

// distance is the number of differences between the arguments and all rows, once each.
func (m *parentMatch) distance() int { return m.skipped + m.repeated }

// keySlot reports whether the value in slot i of g identifies rows, or in an INSERT is stored in them.
func keySlot(g *group, i int) bool {
	if g.Slots[i].Many {
		return false
	}
	switch g.Facts().Values[g.Slots[i].Value].Role {
	case fingerprint.RoleKey, fingerprint.RoleOther:
		return true
	case fingerprint.RoleInsert:
		return g.Facts().Kind == fingerprint.Insert
	}
	return false
}

// closest returns one column of each parent: the one whose rows the values skip or repeat least, and of equals one whose name
// is that of the key v. Ascending serial numbers are often in several columns of a result.
func closest(matches []record.ColumnMatch, v fingerprint.Value) (best []record.ColumnMatch) {
	closer := func(a, b record.ColumnMatch) bool {
		if da, db := a.Skipped+a.Repeated, b.Skipped+b.Repeated; da != db {
			return da < db
		}
		return columnNamesKey(a, v) && !columnNamesKey(b, v)
	}
	for _, m := range matches {
		i := slices.IndexFunc(best, func(b record.ColumnMatch) bool { return b.Parent == m.Parent })
		switch {
		case i < 0:
			best = append(best, m)
		case closer(m, best[i]):
			best[i] = m
		}
	}
	return best
}

// judgeMatch returns the match for a column that explains slot i of g, with its strength.
func (p *Pass) judgeMatch(g *group, i int, c record.ColumnMatch, r repeat) *parentMatch {
	result := &c.Parent.Results
	m := &parentMatch{
		parent: p.of(c.Parent), columns: []string{result.Names[c.Column]}, matched: c.Matched, skipped: c.Skipped, repeated: c.Repeated, unused: c.Unused(),
		nameMatches: columnNamesKey(c, g.Facts().Values[g.Slots[i].Value]),
	}
	switch p.flow(m.parent, g, r) {
	case FlowShown:
		m.strength, m.proven = byFlow, true
	case FlowExcluded:
		m.excluded = true
	default:
		if !result.Dense(c.Column) {
			m.strength, m.proven = byRange, true
		}
	}
	return m
}

// addMatch adds m to matches. If there is a match of the same parent, the stronger one stays, and equal ones are joined.
func addMatch(matches []*parentMatch, m *parentMatch) []*parentMatch {
	for _, same := range matches {
		if same.parent != m.parent {
			continue
		}
		switch {
		case m.strength > same.strength:
			*same = *m
		case m.strength == same.strength && !slices.Contains(same.columns, m.columns[0]):
			same.columns = append(same.columns, m.columns[0])
			same.nameMatches = same.nameMatches || m.nameMatches
			slices.Sort(same.columns)
		}
		return matches
	}
	return append(matches, m)
}

// flow says whether the result of parent flows into g's arguments in its loop. It is FlowUnknown without source or loop.
func (p *Pass) flow(parent, g *group, r repeat) FlowResult {
	if p.cfg.Source == nil || r.loop == nil || r.loop.Test {
		return FlowUnknown
	}
	return p.cfg.Source.Flows(p.callStack(parent.Key.Stack).frames, p.callStack(g.Key.Stack).frames, *r.loop).Result
}

// fansOutOf reports whether g ran more than once for each time that parent returned rows, or parent itself is one of many.
func (p *Pass) fansOutOf(parent, g *group) bool {
	return g.Count >= 2*parent.Fetched() || p.claimed(parent)
}

// parentOf returns the parent of a finding, with the parent's own parent if an n-plus-one of its own ran it.
func (p *Pass) parentOf(m *parentMatch) *finding.Parent {
	parent := p.earlierQuery(m.parent, m.columns...)
	for _, h := range p.index.detections[m.parent] {
		if h.group == m.parent && h.rule.Name == nPlusOneName && h.parent != nil {
			parent.Parent = h.parent
		}
	}
	return parent
}

// earlierQuery returns g as the parent of a finding.
func (p *Pass) earlierQuery(g *group, columns ...string) *finding.Parent {
	return &finding.Parent{Text: g.Parsed.Text, CallSite: p.callStack(g.Key.Stack).site, Rows: g.Rows, Columns: columns}
}
