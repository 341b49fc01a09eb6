package report

import (
	"cmp"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Merge joins the reports of several runs, such as the shards of a test suite, into one. Findings of one identity become
// one: it is the most telling of them, with the counts and times of all, and the worst count of one run. Profiles are added up by the scope's name. The
// order of docs makes no difference; merging in steps makes one only to a profile's top statements, of which every step
// keeps three. No document is changed. Nil documents are skipped.
func Merge(docs ...*Document) *Document {
	m := newMerger()
	for _, d := range docs {
		if d != nil {
			m.document(d)
		}
	}
	return m.result()
}

// A merger joins reports as they come. It holds one finding per identity, however many it is given.
type merger struct {
	tool      Tool
	byID      map[string]*finding.Finding
	anonymous []finding.Finding // without an identity: nothing says that two of them are the same
	profile   profileMerger
	runs      []Run

	candidates []analysis.Candidate
}

func newMerger() *merger {
	return &merger{byID: map[string]*finding.Finding{}, profile: newProfileMerger()}
}

func (m *merger) document(d *Document) {
	m.setTool(d.Tool)
	for _, f := range d.Findings {
		m.finding(f)
	}
	m.profile.add(d.Profile)
	m.runs = append(m.runs, d.Runs...)
	m.candidates = append(m.candidates, d.Candidates...)
}

// setTool keeps the highest version, so that the order of the documents makes no difference.
func (m *merger) setTool(tool Tool) {
	if cmp.Or(cmp.Compare(tool.Name, m.tool.Name), cmp.Compare(tool.Version, m.tool.Version)) > 0 {
		m.tool = tool
	}
}

func (m *merger) finding(f finding.Finding) {
	f.Statements = slices.Clone(f.Statements) // counts are added in place
	if f.Identity == "" {
		m.anonymous = append(m.anonymous, f)
		return
	}
	had, ok := m.byID[f.Identity]
	if !ok {
		m.byID[f.Identity] = &f
		return
	}
	fold(had, f)
}

// fold adds f to had, a finding of the same identity from another run: the more telling of the two stays. The statements
// of both may be changed.
func fold(had *finding.Finding, f finding.Finding) {
	worst := max(had.Most(), f.Most())
	if moreTelling(f, *had) > 0 {
		*had, f = f, *had
	}
	had.Count += f.Count
	had.Saved += f.Saved
	had.Worst = worst
	had.Statements = addStatements(had.Statements, f.Statements)
}

// moreTelling compares what two findings of one identity say about it; positive means that a says more. Counts have no
// part in it, because merging changes them.
func moreTelling(a, b finding.Finding) int {
	return cmp.Or(
		whether(a.Note == "", b.Note == ""), // what counts somewhere must not be hidden by a note elsewhere
		whether(a.Known == "", b.Known == ""),
		cmp.Compare(a.Level, b.Level),
		cmp.Compare(len(a.Evidence), len(b.Evidence)),
		whether(a.Parent != nil, b.Parent != nil),
		whether(a.Loop != nil, b.Loop != nil),
		cmp.Compare(len(a.Snippet), len(b.Snippet)),
		cmp.Compare(len(a.Fix.SQL), len(b.Fix.SQL)),
		cmp.Compare(b.Scope, a.Scope), // equal so far: the first by name, so that the order of the documents has no part in it
		cmp.Compare(b.Message, a.Message),
		cmp.Compare(b.Package, a.Package),
	)
}

// whether compares two answers; yes is more than no.
func whether(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (m *merger) result() *Document {
	d := &Document{Tool: m.tool, Findings: m.anonymous, Profile: m.profile.result(), Candidates: mergeCandidates(m.candidates), Runs: m.runs}
	for _, f := range m.byID {
		d.Findings = append(d.Findings, *f)
	}
	return d.settled()
}

// addStatements adds more to stats, statement by statement.
func addStatements(stats, more []finding.StatementStat) []finding.StatementStat {
	for _, s := range more {
		i := slices.IndexFunc(stats, func(t finding.StatementStat) bool { return sameStatement(s, t) })
		if i < 0 {
			stats = append(stats, s)
			continue
		}
		t := &stats[i]
		t.Count += s.Count
		t.Rows += s.Rows
		t.Milliseconds = micro(t.Milliseconds + s.Milliseconds)
	}
	return stats
}

func sameStatement(a, b finding.StatementStat) bool {
	return a.Fingerprint == b.Fingerprint && a.CallSite.File == b.CallSite.File && a.CallSite.Line == b.CallSite.Line
}
