package analysis

import "slices"

// turns says, for the loops around a group's statement, how often each of them turned between two of the group's
// statements. It follows from the order of the scope's statements: the statements between two of one goroutine show how far
// out control went, and so which loops cannot have turned alone.
type turns struct {
	statements int   // of the group, as far as their order is known
	of         []int // by loop, the innermost first: how often it turned
	longest    []int // by loop: the most statements in a row between which no loop further out turned
	unknown    int   // repetitions that none of the loops explains
	measured   int   // repetitions for which counters of the loops show which one turned
	inferred   int   // repetitions for which they do not
}

// counted reports whether counters show for all repetitions which loop turned.
func (t *turns) counted() bool { return t.measured > 0 && t.inferred == 0 }

// entered returns how often the loop at index i was entered: once, and again for each turn of a loop further out.
func (t *turns) entered(i int) int {
	n := 1 + t.unknown
	for _, more := range t.of[i+1:] {
		n += more
	}
	return n
}

// severalTurns returns the index of the innermost loop of the code under test that turned several times in a row, within the loop of
// a test at index i; i if there is none.
func (t *turns) severalTurns(loops []Loop, i int) int {
	for k, l := range loops[:i] {
		if !l.Test && !l.Constant && !l.Library && !l.Returns && t.longest[k] >= fewTurns {
			return k
		}
	}
	return i
}

// tested reports whether a loop of a test encloses the loop at index i, and explains the repetition as well: the order of the
// statements does not show that one of the two turned and the other did not.
func (t *turns) tested(i int, loops []Loop) bool {
	return !loops[i].Test && t.entered(i) == 1 && !t.counted() && slices.ContainsFunc(loops[i+1:], func(l Loop) bool { return l.Test && l.Helper == "" })
}

// turns returns the number of turns of the loop at index i, over all times that it was entered. If the order does not show
// which loop turned, it is the number of rows that g's values are those of, or otherwise the number of statements.
func (t *turns) turns(i int, g *group) int {
	if t.of[i] > 0 {
		return t.entered(i) + t.of[i]
	}
	rows := 0
	for _, sl := range g.Slots {
		for _, m := range sl.Matches {
			rows = max(rows, m.Matched-m.Repeated)
		}
	}
	if rows > 1 {
		return rows
	}
	return t.statements
}

// turnsOf counts the turns of loops, which enclose g's statement, the innermost first. frames are g's frames within the scope.
func (p *Pass) turnsOf(g *group, frames []Frame, loops []Loop) turns {
	t := turns{of: make([]int, len(loops)), longest: make([]int, len(loops))}
	row := make([]int, len(loops))
	root := started(frames, loops)
	inner := innermost(loops, func(Loop) bool { return true })
	least := make(map[int32]int) // by group: the innermost loop that can have turned around one of its statements
	last := make(map[uint32]int) // by goroutine: where g ran last, in the sequence
	m := p.measure(g, frames, loops)
	sequence := p.frozen.Sequence
	for at, e := range sequence {
		if e.Group != g.Position {
			continue
		}
		t.statements++
		before, again := last[e.Goroutine]
		last[e.Goroutine] = at
		turned := inner
		switch {
		case again:
			for _, between := range sequence[before+1 : at] {
				if between.Goroutine != e.Goroutine {
					continue
				}
				i, known := least[between.Group]
				if !known {
					i = innermostAround(frames, p.inScope(p.callStack(p.groups[between.Group].Key.Stack).frames), loops)
					least[between.Group] = i
				}
				turned = max(turned, i)
			}
			var measured bool
			if turned, measured = m.turned(at, turned); measured {
				t.measured++
			} else {
				t.inferred++
			}
		case t.statements == 1:
			for i := range row {
				row[i], t.longest[i] = 1, 1
			}
			continue
		default: // another goroutine: the loop that started it turned
			turned = root
			t.inferred++
		}
		for i := range row {
			switch {
			case i < turned:
				row[i] = 1
			case i == turned:
				row[i]++
				t.longest[i] = max(t.longest[i], row[i])
			}
		}
		switch {
		case turned == within:
		case turned < len(loops):
			t.of[turned]++
		default:
			t.unknown++
		}
	}
	return t
}

// innermostAround returns the index of the innermost loop that encloses the statements of both stacks; len(loops) if none does.
func innermostAround(frames, other []Frame, loops []Loop) int {
	i, line, ok := divergence(frames, other)
	if !ok {
		return innermost(loops, func(Loop) bool { return true }) // one call: the statement between decides nothing
	}
	return innermost(loops, func(l Loop) bool { return l.around(i, line) })
}

// divergence returns the index of the innermost frame of frames whose call is not the one of other, and the line of other in
// that function; 0 if other is not in it. ok is false if other has all frames.
func divergence(frames, other []Frame) (i, line int, ok bool) {
	i = len(frames) - 1
	j := len(other) - 1
	for i >= 0 && j >= 0 && frames[i] == other[j] {
		i, j = i-1, j-1
	}
	if i >= 0 && j >= 0 && frames[i].Function == other[j].Function {
		line = other[j].Line
	}
	return i, line, i >= 0
}

// around reports whether l encloses a call on a line of the function of frame i, or is further out.
func (l *Loop) around(i, line int) bool {
	if l.Own != nil {
		return l.Own.Frame > i || l.Own.Frame == i && l.Own.Line <= line && line <= max(l.Own.End, l.Own.Line)
	}
	return l.Frame > i || l.Frame == i && l.Line <= line && line <= max(l.End, l.Line)
}

// innermost returns the index of the innermost loop of the application that fits and can turn after the statement. If there
// is none, it returns the outermost such loop of a library, because one call of the library may have led to all statements;
// and otherwise len(loops).
func innermost(loops []Loop, fits func(Loop) bool) int {
	library := len(loops)
	for i, l := range loops {
		switch {
		case l.Returns || !fits(l):
		case !l.Library:
			return i
		default:
			library = i
		}
	}
	return library
}

// started returns the index of the innermost loop that can have started the goroutine of frames: one that the source shows to
// start it, or otherwise one around the application function that the goroutine began with. It is len(loops) if there is none.
func started(frames []Frame, loops []Loop) int {
	if at := innermost(loops, func(l Loop) bool { return l.Started }); at < len(loops) {
		return at
	}
	root := len(frames) - 1
	for root > 0 && !isUser(frames[root]) {
		root--
	}
	return innermost(loops, func(l Loop) bool { return l.Frame >= root })
}
