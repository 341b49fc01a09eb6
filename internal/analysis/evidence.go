package analysis

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
)

// evidence says which columns of the parent have g's arguments.
func (m *parentMatch) evidence(g *group) finding.Evidence {
	if len(m.columns) == 0 {
		return finding.Evidence{From: "source", Text: "the arguments, which the driver could not read, come from the rows of the earlier query"}
	}
	columns := strings.Join(m.columns, ", ")
	if tables := m.parent.Facts().Tables; len(tables) == 1 {
		columns = tables[0] + "." + strings.Join(m.columns, ", "+tables[0]+".")
	}
	text := fmt.Sprintf("%d of %d arguments are values of %s from the earlier query, in row order", m.matched, g.Count, columns)
	if m.matched == g.Count {
		text = fmt.Sprintf("all %d arguments are the values of %s from the earlier query, in row order", g.Count, columns)
	}
	switch {
	case m.skipped == 1:
		text += "; 1 row was skipped"
	case m.skipped > 1:
		text += fmt.Sprintf("; %d rows were skipped", m.skipped)
	}
	return finding.Evidence{From: "driver", Text: text}
}

// strengthEvidence says what makes a match proof, or what a finding below proven lacks. keyVaries says that a single key
// differs between the statements.
func strengthEvidence(l finding.Level, m *parentMatch, keyVaries bool) finding.Evidence {
	switch {
	case l == finding.Proven && m.strength == byFlow:
		return finding.Evidence{From: "source", Text: "the source shows that the earlier query's result reaches the call in the loop"}
	case l == finding.Proven:
		return finding.Evidence{From: "driver", Text: "the values come from so large a space that no other column has them by chance"}
	case m == nil:
		return finding.Evidence{From: "driver", Against: true, Text: "no earlier query of this scope is known to have returned the arguments"}
	case m.byName:
		return finding.Evidence{From: "sql", Against: true, Text: "several earlier queries returned the arguments, and only the column's name chooses this one"}
	case m.strength == byValue:
		return finding.Evidence{From: "driver", Against: true, Text: "the values are so common that they may come from elsewhere"}
	case !keyVaries:
		return finding.Evidence{From: "sql", Against: true, Text: "the values that differ between the queries are not single keys"}
	default:
		return finding.Evidence{From: "source", Against: true, Text: "no loop in the source repeats the call"}
	}
}

// repeatEvidence says what the call stacks and the source show about the repetition.
func (p *Pass) repeatEvidence(g *group, r repeat) []finding.Evidence {
	text := fmt.Sprintf("all %d %s have the same call stack", g.Count, plural(g.Facts().Effect()))
	if v := g.Varies(); v.Key || !v.Unknown {
		distinct := fmt.Sprint(g.Arguments.Count())
		if g.Arguments.Count() == record.MaxDistinct {
			distinct += " or more"
		}
		text += fmt.Sprintf(", with %s different arguments", distinct)
	}
	evidence := []finding.Evidence{{From: "stack", Text: text}}
	if r.loop != nil {
		text := "the loop encloses the call"
		switch {
		case r.measured:
			text = "the loop counts its turns, and it is the one that turned from each of these statements to the next"
		case r.loop.Helper != "":
			text = fmt.Sprintf("the loop is in %s, which calls the application back", r.loop.Helper)
		}
		evidence = append(evidence, finding.Evidence{From: "source", Text: text})
		evidence = append(evidence, p.armEvidence(g, r)...)
	}
	if r.rival != nil {
		text := fmt.Sprintf("the loop at %s:%d encloses it, and no statement and no argument shows which of the two turned", r.rival.File, r.rival.Line)
		evidence = append(evidence, finding.Evidence{From: "source", Against: true, Text: text})
	}
	return evidence
}

// armEvidence names the branch in the loop that the statement is in, if there is one: turns that take another one do not run it.
func (p *Pass) armEvidence(g *group, r repeat) []finding.Evidence {
	t := p.callStack(g.Key.Stack)
	if r.loop.Helper != "" || r.loop.Frame >= len(t.frames) {
		return nil
	}
	at, ok := p.cfg.Source.Arm(t.frames[r.loop.Frame], r.loop.Line, r.loop.End)
	if !ok {
		return nil
	}
	return []finding.Evidence{{From: "source", Text: fmt.Sprintf("the call is in a branch of the loop: %s", whereUsed(at))}}
}

// unreadKeys says that values could not be read.
func (p *Pass) unreadKeys() finding.Evidence {
	return finding.Evidence{From: "driver", Against: true, Text: "it is not known whether the keys differ: values of these types cannot be read: " + strings.Join(p.frozen.Unread, ", ")}
}
