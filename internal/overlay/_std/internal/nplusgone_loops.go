package internal

import (
	"runtime"
	"unsafe"
)

// A Loop counts the turns of one loop of the application. Each goroutine has a word, which it may share with others:
//
//	20 bits  the goroutine: the last bits of its ID, of which the last three come first and are the index of the word
//	20 bits  how often the loop was entered, by any goroutine
//	24 bits  turns since then
//
// Goroutines that share a word overwrite each other's. A goroutine that finds the word of another one knows nothing of the loop.
//
// The function with the loop has its latest word in a variable of its own, so that a turn costs an addition and a store. Stores of several
// goroutines are a race that the detector may not report, so the methods are norace. The compiler inlines Turn where the detector is off.
type Loop struct {
	words   [8]uint64
	depths  [8]uint32 // of the stack at the entry
	entries uint32
	nested  uint32 // 1 if a goroutine entered the loop further in on its stack than the time before: it may be within itself
}

const (
	turnBits  = 24
	entryBits = 20
	ownerBits = 20
)

// owner returns the part of a word that says which goroutine it belongs to, for the goroutine with an ID.
//
//go:norace
func owner(id uint64) uint64 {
	return id<<61 | id>>3&(1<<(ownerBits-3)-1)<<(turnBits+entryBits)
}

// stackTop is where a goroutine's descriptor has the end of its stack, which grows down.
const stackTop = 8

// Enter records that the calling goroutine enters the loop, and returns its word.
//
//go:norace
//go:nocheckptr
func (l *Loop) Enter() uint64 {
	if !on || idOffset == 0 {
		return 0
	}
	var here byte
	depth := uint32(word(stackTop) - uint64(uintptr(unsafe.Pointer(&here))))
	own := owner(word(idOffset))
	at := own >> 61
	if l.words[at]>>(turnBits+entryBits) == own>>(turnBits+entryBits) && l.depths[at] < depth {
		l.nested = 1
	}
	l.entries++
	w := own | uint64(l.entries)&(1<<entryBits-1)<<turnBits
	l.words[at], l.depths[at] = w, depth
	return w
}

// Turn records that a turn of the loop begins, and returns the next word of the goroutine that had the word w.
//
//go:norace
func (l *Loop) Turn(w uint64) uint64 {
	w++
	l.words[w>>61] = w
	return w
}

// A source is a file of the application with loops that have counters. lines has a line for each loop: its first and last line in the
// file, and the name of the file that a line comment gives, if there is one.
type source struct {
	file  string
	loops []Loop
	lines string
}

// A site is a loop of a source.
type site struct {
	file        uint64 // hash of the name
	first, last uint64
	name        string
	loop        *Loop
	next        int // 1 + index of the next site of the chain; 0 for none
}

var (
	sources []source
	indexed int // sources whose loops are in sites
	sites   []site
	chains  []int // by hash of the file, a power of two: 1 + index of a site
)

// Loops records that a file of the application has loops with counters. Package pprof calls it for the initialisation of the file's variables.
//
//go:norace
func Loops(loops []Loop, lines string) bool {
	if !on {
		return false
	}
	_, file, _, ok := runtime.Caller(2)
	if !ok {
		return false
	}
	lock()
	if len(sources) == cap(sources) {
		more := make([]source, len(sources), max(64, 2*cap(sources)))
		for i := range sources {
			more[i] = sources[i]
		}
		sources = more
	}
	sources = sources[:len(sources)+1]
	sources[len(sources)-1] = source{file, loops, lines}
	unlock()
	return true
}

// index makes sites of all sources.
//
//go:norace
func index() {
	n := 0
	for i := range sources {
		n += len(sources[i].loops)
	}
	indexed = len(sources)
	sites = make([]site, 0, n)
	size := 64
	for size < n {
		size *= 2
	}
	chains = make([]int, size)
	for i := range sources {
		s := &sources[i]
		rest := s.lines
		for j := range s.loops {
			at := site{name: s.file, loop: &s.loops[j]}
			at.first, rest = number(rest)
			at.last, rest = number(rest)
			end := 0
			for end < len(rest) && rest[end] != '\n' {
				end++
			}
			if end > 0 {
				at.name = rest[:end]
			}
			rest = rest[min(end+1, len(rest)):]
			at.file = hashText(at.name)
			chain := &chains[at.file&uint64(size-1)]
			at.next = *chain
			sites = sites[:len(sites)+1]
			sites[len(sites)-1] = at
			*chain = len(sites)
		}
	}
}

// number reads a decimal number and the space behind it.
//
//go:norace
func number(s string) (n uint64, rest string) {
	i := 0
	for ; i < len(s) && s[i] != ' '; i++ {
		n = 10*n + uint64(s[i]-'0')
	}
	return n, s[min(i+1, len(s)):]
}

// maxSites is the number of loops around a stack whose counters are recorded: the innermost ones. Package record has the same limit.
const maxSites = 32

// around has the loops around each stack, by its number.
var around [][]*Loop

// findLoops finds the loops that enclose a frame of a stack, by their lines, and writes them.
//
//go:norace
func findLoops(stack uint64, frames *[2 * maxDepth]frame, count int) {
	if len(sources) == 0 {
		return
	}
	if indexed != len(sources) {
		index()
	}
	var found [maxSites]int
	n := 0
	for i := 0; i < count && n < maxSites; i++ {
		hash := frames[i].hash
		for at := chains[hash&uint64(len(chains)-1)]; at > 0 && n < maxSites; at = sites[at-1].next {
			s := &sites[at-1]
			if s.file != hash || frames[i].line < s.first || s.last < frames[i].line {
				continue
			}
			known := false
			for j := range n {
				known = known || found[j] == at-1
			}
			if !known {
				found[n] = at - 1
				n++
			}
		}
	}
	if n == 0 {
		return
	}
	if stack >= uint64(len(around)) {
		more := make([][]*Loop, max(256, 2*stack))
		for i := range around {
			more[i] = around[i]
		}
		around = more
	}
	list := make([]*Loop, n)
	var names [maxSites]uint64
	for i := range n {
		list[i] = sites[found[i]].loop
		names[i] = textID(sites[found[i]].name)
	}
	around[stack] = list
	begin(kindLoops)
	putUint(stack)
	for i := range n {
		putUint(names[i])
		putUint(sites[found[i]].first)
	}
	commit()
}

// putLoops writes the counters of the loops around a stack, as the goroutine with an ID has counted: for each loop, 0 if that is not
// known, and otherwise twice the number of its entry, plus one if the loop may run within itself; then the turns since the entry.
//
//go:norace
func putLoops(stack, id uint64) {
	if stack >= uint64(len(around)) {
		return
	}
	own := owner(id)
	for _, l := range around[stack] {
		w := l.words[own>>61]
		entry := w >> turnBits & (1<<entryBits - 1)
		if id == 0 || entry == 0 || w>>(turnBits+entryBits) != own>>(turnBits+entryBits) {
			putUint(0)
			continue
		}
		putUint(entry<<1 | uint64(l.nested))
		putUint(w & (1<<turnBits - 1))
	}
}
