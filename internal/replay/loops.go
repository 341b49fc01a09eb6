package replay

import "github.com/nplusgone/nplusgone/internal/record"

// countedLoops reads the loops around a stack that count their turns.
func (p *process) countedLoops(c *cursor) {
	id := c.uint()
	if id >= uint64(len(p.stacks)) {
		return
	}
	var loops []record.CountedLoop
	for len(c.b) > 0 {
		loops = append(loops, record.CountedLoop{File: p.text(c), Line: int(c.uint())})
	}
	for uint64(len(p.loops)) <= id {
		p.loops = append(p.loops, nil)
	}
	p.loops[id] = loops
}

// counts reads what the loops around a stack have counted.
func (p *process) counts(c *cursor, id uint64) ([]record.CountedLoop, []record.LoopCount) {
	if id >= uint64(len(p.loops)) || p.loops[id] == nil {
		return nil, nil
	}
	counts := make([]record.LoopCount, len(p.loops[id]))
	for i := range counts {
		if entry := c.uint(); entry > 0 {
			counts[i] = record.LoopCount{Entry: uint32(entry >> 1), Turn: uint32(c.uint()), Nested: entry&1 > 0}
		}
	}
	return p.loops[id], counts
}
