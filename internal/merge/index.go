package merge

import (
	"bytes"
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// inSpool is the source of findings that are in the spool; other sources are numbers of files.
const inSpool = -1

// An entry is the position of a finding, with what is needed to group and to order it. It has no pointers, so that the
// garbage collector does not scan a million of them.
type entry struct {
	key    uint64  // hash of the identity; entries with one key are compared by identity when they are merged
	prefix [8]byte // the first bytes of the identity, for the order
	at     int64   // offset in the source
	size   uint32  // bytes
	source int32
	run    uint32 // number of the kept run; 0 for a document
	file   uint32 // number of the name of the file that the finding is reported in
	line   uint32
	rule   uint32 // number of the rule's name
	saved  uint32 // round trips that the fix removes
	aside  uint32 // number of the name of the mitigation that set it aside; the name is "" for none
	known  uint16 // number of the reason, counted from 1; 0 for none
	level  finding.Level
	note   bool
	alone  bool // it has no identity: it is not merged with others
}

func (e *entry) kind() report.Kind {
	switch {
	case e.note:
		return report.Noted
	case e.known > 0:
		return report.Known
	}
	return report.Counted
}

// An index has the entries of a collection. A name that occurs in many of them is stored once.
type index struct {
	seed   maphash.Seed
	blocks [][]entry // blockSize entries each, so that growing does not copy them
	count  int
	order  []uint32 // numbers of entries, in the order of the report, after merging
	names  []string
	byName map[string]uint32
}

const blockSize = 1 << 13

func newIndex() index { return index{seed: maphash.MakeSeed(), byName: make(map[string]uint32)} }

func (x *index) add(e entry) {
	if x.count%blockSize == 0 {
		x.blocks = append(x.blocks, make([]entry, 0, blockSize))
	}
	last := &x.blocks[len(x.blocks)-1]
	*last = append(*last, e)
	x.count++
}

func (x *index) entry(i uint32) *entry { return &x.blocks[i/blockSize][i%blockSize] }

// nameNumber returns the number of a name.
func (x *index) nameNumber(name string) uint32 {
	if n, ok := x.byName[name]; ok {
		return n
	}
	n := uint32(len(x.names))
	name = strings.Clone(name)
	x.names = append(x.names, name)
	x.byName[name] = n
	return n
}

// describe sets the fields of e that come from f.
func (x *index) describe(e *entry, f *finding.Finding) {
	p := f.Position()
	e.key = maphash.String(x.seed, f.Identity)
	e.prefix = [8]byte{}
	copy(e.prefix[:], f.Identity)
	e.file, e.rule, e.line = x.nameNumber(p.File), x.nameNumber(f.Rule), uint32(max(p.Line, 0))
	e.saved = uint32(max(f.Saved, 0))
	e.aside = x.nameNumber(f.SetAsideBy())
	e.level, e.note, e.alone = f.Level, f.Note != "", f.Identity == ""
}

// sort puts the entries into the order of finding.Compare, or by cost and then by finding.Compare.
func (c *Collection) sort() {
	x := &c.index
	rank := ranks(x.names)
	slices.SortFunc(x.order, func(i, j uint32) int {
		a, b := x.entry(i), x.entry(j)
		if c.byCost && a.saved != b.saved {
			return cmp.Compare(b.saved, a.saved)
		}
		return cmp.Or(
			cmp.Compare(rank[a.file], rank[b.file]), cmp.Compare(a.line, b.line), cmp.Compare(rank[a.rule], rank[b.rule]),
			bytes.Compare(a.prefix[:], b.prefix[:]), c.compareFindings(a, b),
			cmp.Compare(a.source, b.source), cmp.Compare(a.at, b.at),
		)
	})
}

// ranks returns the position of each name in alphabetical order.
func ranks(names []string) []uint32 {
	sorted := make([]uint32, len(names))
	for i := range sorted {
		sorted[i] = uint32(i)
	}
	slices.SortFunc(sorted, func(a, b uint32) int { return cmp.Compare(names[a], names[b]) })
	rank := make([]uint32, len(names))
	for i, n := range sorted {
		rank[n] = uint32(i)
	}
	return rank
}

// compareFindings compares the findings of two entries that are equal as far as entries go.
func (c *Collection) compareFindings(a, b *entry) int {
	if a == b || a.file != b.file || a.line != b.line || a.rule != b.rule || a.prefix != b.prefix {
		return 0
	}
	f, err := c.read(a)
	if err != nil {
		return 0 // Each reads it again, and returns the error
	}
	g, err := c.read(b)
	if err != nil {
		return 0
	}
	return finding.Compare(f, g)
}
