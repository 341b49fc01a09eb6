package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// inSpool is the source of what stands in the spool.
const inSpool = -1

// An entry says where a finding stands, and as much of it as is needed to group and to order it. It has no pointers: a
// million of them are nothing to a garbage collector.
type entry struct {
	key    uint64  // hash of the identity; entries with one key are looked at again when they are merged
	name   [8]byte // how the identity begins, for the order
	at     int64
	size   uint32
	source int32
	run    uint32 // 0 for a document
	file   uint32
	line   uint32
	rule   uint32
	saved  uint32
	known  uint16 // reason, from 1 on
	level  finding.Level
	note   bool
	lone   bool // it has no identity: nothing is merged with it
}

func (e *entry) kind() kind {
	switch {
	case e.note:
		return noted
	case e.known > 0:
		return known
	}
	return counted
}

// An index has the entries of a collection, and the names that occur in many of them once.
type index struct {
	seed   maphash.Seed
	blocks [][]entry // of blockSize each: growing never copies them, nor does sorting
	count  int
	order  []uint32 // of reports, once the entries are merged
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

// nameOf returns the number of a name.
func (x *index) nameOf(name string) uint32 {
	if n, ok := x.byName[name]; ok {
		return n
	}
	n := uint32(len(x.names))
	name = strings.Clone(name)
	x.names = append(x.names, name)
	x.byName[name] = n
	return n
}

// describe fills in what an entry says of f.
func (x *index) describe(e *entry, f *finding.Finding) {
	p := f.Position()
	e.key = maphash.String(x.seed, f.Identity)
	e.name = [8]byte{}
	copy(e.name[:], f.Identity)
	e.file, e.rule, e.line = x.nameOf(p.File), x.nameOf(f.Rule), uint32(max(p.Line, 0))
	e.saved = uint32(max(f.Saved, 0))
	e.level, e.note, e.lone = f.Level, f.Note != "", f.Identity == ""
}

// merge makes one entry of all that have one identity, and puts the entries into the order of reports.
func (c *Collection) merge() error {
	x := &c.index
	all := make([]uint32, x.count)
	for i := range all {
		all[i] = uint32(i)
	}
	slices.SortFunc(all, func(i, j uint32) int {
		a, b := x.entry(i), x.entry(j)
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.run, b.run), cmp.Compare(a.source, b.source), cmp.Compare(a.at, b.at))
	})
	x.order = all[:0] // never longer than what was read already
	for len(all) > 0 {
		n, first := 1, x.entry(all[0])
		for n < len(all) && !first.lone && x.entry(all[n]).key == first.key {
			n++
		}
		kept, err := c.mergeGroup(all[:n])
		if err != nil {
			return err
		}
		x.order = append(x.order, all[:kept]...)
		all = all[n:]
	}
	c.sort()
	return nil
}

// mergeGroup makes one entry of those of a group that have one identity, puts them in the place of the first, and
// returns how many there are. Two identities rarely have one key, but may.
func (c *Collection) mergeGroup(group []uint32) (kept int, err error) {
	if len(group) == 1 {
		return 1, nil
	}
	byID := make(map[string]*finding.Finding)
	var order []string
	var next *finding.Finding
	for i := range group {
		f := next
		if f == nil {
			if f, err = c.read(c.index.entry(group[i])); err != nil {
				return 0, err
			}
		}
		next = nil
		if run := c.index.entry(group[i]).run; run != 0 && i+1 < len(group) && c.index.entry(group[i+1]).run == run {
			if next, err = c.read(c.index.entry(group[i+1])); err != nil {
				return 0, err
			}
			if next.Identity == f.Identity {
				continue // the same run has said it again, with more
			}
		}
		if had, ok := byID[f.Identity]; ok {
			fold(had, *f)
			continue
		}
		byID[f.Identity] = f
		order = append(order, f.Identity)
	}
	for i, id := range order {
		e, err := c.keep(byID[id])
		if err != nil {
			return 0, err
		}
		*c.index.entry(group[i]) = e
	}
	return len(order), nil
}

// keep puts a merged finding into the spool.
func (c *Collection) keep(f *finding.Finding) (entry, error) {
	body, err := json.Marshal(f)
	if err != nil {
		return entry{}, fmt.Errorf("report: merging finding %q: %w", f.Identity, err)
	}
	e := entry{source: inSpool, at: c.spool.size, size: uint32(len(body))}
	c.index.describe(&e, f)
	if _, err := c.spool.Write(body); err != nil {
		return entry{}, fmt.Errorf("report: merging: %w", err)
	}
	return e, nil
}

// ByCost has reports begin with what costs most: the findings whose fix saves the most round trips. Of equals, and without
// it, the order is that of their places. It is called before the first look.
func (c *Collection) ByCost() { c.byCost = true }

// sort orders the entries as compareFindings orders findings, or by cost.
func (c *Collection) sort() {
	rank := make([]uint32, len(c.index.names))
	byName := make([]uint32, len(rank))
	for i := range byName {
		byName[i] = uint32(i)
	}
	slices.SortFunc(byName, func(a, b uint32) int { return cmp.Compare(c.index.names[a], c.index.names[b]) })
	for i, n := range byName {
		rank[n] = uint32(i)
	}
	x := &c.index
	slices.SortFunc(x.order, func(i, j uint32) int {
		a, b := x.entry(i), x.entry(j)
		if c.byCost && a.saved != b.saved {
			return cmp.Compare(b.saved, a.saved)
		}
		return cmp.Or(
			cmp.Compare(rank[a.file], rank[b.file]), cmp.Compare(a.line, b.line), cmp.Compare(rank[a.rule], rank[b.rule]),
			bytes.Compare(a.name[:], b.name[:]), c.compareWhole(a, b),
			cmp.Compare(a.source, b.source), cmp.Compare(a.at, b.at),
		)
	})
}

// compareWhole compares the findings of two entries that look alike so far.
func (c *Collection) compareWhole(a, b *entry) int {
	if a == b || a.file != b.file || a.line != b.line || a.rule != b.rule || a.name != b.name {
		return 0
	}
	f, err := c.read(a)
	if err != nil {
		return 0 // reading it for the report will tell
	}
	g, err := c.read(b)
	if err != nil {
		return 0
	}
	return compareFindings(*f, *g)
}
