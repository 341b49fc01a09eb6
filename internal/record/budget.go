package record

import "sync/atomic"

// Memory that the open scopes of the process have reserved.
var (
	processBytes  atomic.Int64 // for groups, their texts and what belongs to them
	processValues atomic.Int64 // for result values
)

// A budget is what a scope has reserved of the memory of the process. It is an object of its own, so that a scope which is freed
// without having been ended can return it.
type budget struct{ bytes, values int }

// release returns what was reserved.
func (b *budget) release() {
	processBytes.Add(-int64(b.bytes))
	processValues.Add(-int64(b.values))
	*b = budget{}
}

// spend reports whether n more bytes may be kept, and counts them. If not, it notes in Stats.Shed what is not kept.
func (s *Scope) spend(n int, what string) bool {
	if s.bytes+n > maxScopeBytes {
		s.stats.Shed = what
		return false
	}
	for s.bytes+n > s.budget.bytes {
		if processBytes.Load() >= maxProcessBytes {
			s.stats.Shed = what
			return false
		}
		s.budget.bytes += bytesReserve
		processBytes.Add(bytesReserve)
	}
	s.bytes += n
	return true
}

// mayKeep reports whether n more values may be kept, and counts them.
func (s *Scope) mayKeep(n int) bool {
	if s.values+n > maxScopeValues {
		return false
	}
	for s.values+n > s.budget.values {
		if processValues.Load() >= maxProcessValues {
			return false
		}
		s.budget.values += valuesReserve
		processValues.Add(valuesReserve)
	}
	s.values += n
	return true
}

// bytesOf estimates the memory of a group of st's statements, its parsed text included.
func bytesOf(st *Statement) int {
	const group, slot, binding, name = 640, 64, 64, 32
	p := st.Parsed
	return group + slot*min(len(p.Facts.Values), MaxSlots) + len(p.Text) + (binding+name)*len(p.Bindings)
}

// Memory in bytes.
const (
	matchBytes = 80 // of a ColumnMatch
	markBytes  = 4  // of a Mark
)

// What is not kept when a budget is used up.
const (
	shedGroups = "statements beyond the memory limit were not grouped"
	shedTraces = "result values beyond the bound were not kept: some arguments could not be traced"
)
