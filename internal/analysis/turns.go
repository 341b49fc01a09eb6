package analysis

// turns says, for the loops around a group's statement, how often each of them turned between two of the group's
// statements. It rests on the order of the scope's statements: what ran between two statements of one goroutine says how
// far out control went, and so which loops cannot have turned alone.
type turns struct {
	statements int   // of the group, as far as the order is known
	of         []int // by loop, the innermost first
	unknown    int   // repeats that none of the loops explains
}

// entered returns how often the loop at index i was entered.
func (t *turns) entered(i int) int {
	n := 1 + t.unknown
	for _, more := range t.of[i+1:] {
		n += more
	}
	return n
}

// turns returns how often the loop at index i turned, each entry counted. Where the order does not say which loop turned,
// it is the number of rows that g's values go along, or else the number of statements.
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

// turnsOf counts the turns of loops, which enclose g's statement, the innermost first. frames are those of g within the
// scope.
func (p *Pass) turnsOf(g *group, frames []Frame, loops []Loop) turns {
	t := turns{of: make([]int, len(loops))}
	root := started(frames, loops)
	inner := innermost(loops, func(Loop) bool { return true })
	least := make(map[int32]int) // by group: the innermost loop that can have turned around one of its statements
	last := make(map[uint32]int) // by goroutine: where g ran last, in the sequence
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
					i = innermostAround(frames, p.inScope(p.trace(p.groups[between.Group].Key.Stack).frames), loops)
					least[between.Group] = i
				}
				turned = max(turned, i)
			}
		case t.statements == 1:
			continue
		default: // another goroutine: what started it turned
			turned = root
		}
		if turned < len(loops) {
			t.of[turned]++
		} else {
			t.unknown++
		}
	}
	return t
}

// innermostAround returns the index of the innermost loop that encloses both the statement of frames and the one of other;
// len(loops) if none does.
func innermostAround(frames, other []Frame, loops []Loop) int {
	i, line, ok := divergence(frames, other)
	if !ok {
		return innermost(loops, func(Loop) bool { return true }) // one call: what ran between says nothing
	}
	return innermost(loops, func(l Loop) bool { return l.around(i, line) })
}

// divergence returns the index of the innermost frame of frames whose call is not the one of other, and the line of other in
// that function, 0 if other is not in it. ok is false if the stacks are one.
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

// around reports whether l encloses a call that stands on a line of the function of frame i, or further in.
func (l *Loop) around(i, line int) bool {
	return l.Frame > i || l.Frame == i && l.Line <= line && line <= max(l.End, l.Line)
}

// innermost returns the index of the innermost loop of the user's that fits and can turn behind the statement, or else of the
// outermost loop of a library that does: one call of the library may have led to all statements. It is len(loops) if there
// is none.
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

// started returns the index of the innermost loop that can have started the goroutine of frames: one that does so as the
// source shows, or else one around the user's function that the goroutine began with. It is len(loops) if there is none.
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
