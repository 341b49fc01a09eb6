package record

import "github.com/nplusgone/nplusgone/internal/stack"

// A CountedLoop is a loop of the source that counts its turns.
type CountedLoop struct {
	File string // as in frames of the stack
	Line int    // of its for statement
}

// A LoopCount is what a loop around a statement had counted when the statement ran, for the goroutine of the statement. The zero
// LoopCount is unknown.
type LoopCount struct {
	Entry  uint32 // which of the times that the loop was entered, from 1
	Turn   uint32 // turns since then
	Nested bool   // the loop may have been entered within itself, which Entry then does not show
}

// A Turned says what a loop did between two statements of one goroutine that it encloses.
type Turned uint8

// What a loop did.
const (
	TurnUnknown Turned = iota
	SameTurn           // both ran in one turn
	OtherTurn          // both ran in one entry of the loop, in different turns
	OtherEntry         // the loop was left and entered again
)

// Counted has for each event of a sequence what the loops around its statement did since the statement before it, of the same group and
// goroutine. A nil Counted knows nothing.
type Counted struct {
	loops  map[stack.ID][]CountedLoop
	turned []uint64 // by event: a Turned for each loop of the stack, 2 bits each
}

// MaxCountedLoops is the number of loops around a statement that are looked at.
const MaxCountedLoops = 32

// Loops returns the loops around a stack that count their turns.
func (c *Counted) Loops(id stack.ID) []CountedLoop {
	if c == nil {
		return nil
	}
	return c.loops[id]
}

// Turned returns what the loop with an index in Loops did before the event with an index in the sequence.
func (c *Counted) Turned(event, loop int) Turned {
	if c == nil || event >= len(c.turned) || loop >= MaxCountedLoops {
		return TurnUnknown
	}
	return Turned(c.turned[event] >> (2 * loop) & 3)
}

// counting is what a scope keeps to fill Counted.
type counting struct {
	Counted
	latest map[counter][]LoopCount
}

// A counter is a group on a goroutine.
type counter struct {
	group     int32
	goroutine uint32
}

// counted returns what loops did; nil for nothing.
func (s *Scope) counted() *Counted {
	if s.counting == nil {
		return nil
	}
	return &s.counting.Counted
}

// count adds the statement that is the latest event, with the counts of the loops around it.
func (s *Scope) count(st *Statement, event int, e Event) {
	c := s.counting
	if c == nil {
		c = &counting{Counted{loops: make(map[stack.ID][]CountedLoop)}, make(map[counter][]LoopCount)}
		s.counting = c
	}
	c.loops[st.Stack] = st.Loops
	for len(c.turned) <= event {
		c.turned = append(c.turned, 0)
	}
	at := counter{e.Group, e.Goroutine}
	before := c.latest[at]
	c.latest[at] = st.Counts
	for i := range min(len(before), len(st.Counts), MaxCountedLoops) {
		c.turned[event] |= uint64(turned(before[i], st.Counts[i])) << (2 * i)
	}
}

// turned says what a loop did between two counts.
func turned(a, b LoopCount) Turned {
	switch {
	case a.Entry == 0 || b.Entry == 0:
		return TurnUnknown
	case a.Entry == b.Entry && a.Turn == b.Turn:
		return SameTurn
	case a.Entry == b.Entry:
		return OtherTurn
	case b.Nested:
		return TurnUnknown
	}
	return OtherEntry
}
