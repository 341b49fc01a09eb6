package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
)

// inSpool is the source of what stands in the spool.
const inSpool = -1

// An entry says where a finding stands, and as much of it as is needed to group and to order it.
type entry struct {
	key    uint64   // hash of the identity; entries with one key are looked at again when they are merged
	name   [16]byte // how the identity begins: all of it, as the detector makes them
	at     int64
	size   uint32
	source int32
	run    uint32 // 0 for a document
	file   uint32
	rule   uint32
	line   uint32
	known  uint32 // reason, from 1 on
	level  detector.Level
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
	seed    maphash.Seed
	entries []entry
	names   []string
	byName  map[string]uint32
}

func newIndex() index { return index{seed: maphash.MakeSeed(), byName: make(map[string]uint32)} }

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
func (x *index) describe(e *entry, f *detector.Finding) {
	p := f.Place()
	e.key = maphash.String(x.seed, f.Identity)
	e.name = [16]byte{}
	copy(e.name[:], f.Identity)
	e.file, e.rule, e.line = x.nameOf(p.File), x.nameOf(f.Rule), uint32(max(p.Line, 0))
	e.level, e.note, e.lone = f.Level, f.Note != "", f.Identity == ""
}

// merge makes one entry of all that have one identity, and puts the entries into the order of reports.
func (c *Collection) merge() error {
	entries := c.index.entries
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.run, b.run), cmp.Compare(a.source, b.source), cmp.Compare(a.at, b.at))
	})
	merged := entries[:0] // never longer than what was read already
	for len(entries) > 0 {
		n := 1
		for n < len(entries) && entries[n].key == entries[0].key && !entries[0].lone {
			n++
		}
		var err error
		if merged, err = c.mergeGroup(merged, entries[:n]); err != nil {
			return err
		}
		entries = entries[n:]
	}
	c.index.entries = merged
	c.sort()
	return nil
}

// mergeGroup appends what becomes of entries with one key to merged. Two identities rarely have one key, but may.
func (c *Collection) mergeGroup(merged, group []entry) ([]entry, error) {
	if len(group) == 1 {
		return append(merged, group[0]), nil
	}
	byID := make(map[string]*detector.Finding)
	var order []string
	for i, e := range group {
		f, err := c.read(&e)
		if err != nil {
			return nil, err
		}
		if e.run != 0 && i+1 < len(group) && group[i+1].run == e.run {
			next, err := c.read(&group[i+1])
			if err != nil {
				return nil, err
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
	for _, id := range order {
		e, err := c.keep(byID[id])
		if err != nil {
			return nil, err
		}
		merged = append(merged, e)
	}
	return merged, nil
}

// keep puts a merged finding into the spool.
func (c *Collection) keep(f *detector.Finding) (entry, error) {
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

// sort orders the entries as compareFindings orders findings.
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
	slices.SortFunc(c.index.entries, func(a, b entry) int {
		return cmp.Or(
			cmp.Compare(rank[a.file], rank[b.file]), cmp.Compare(a.line, b.line), cmp.Compare(rank[a.rule], rank[b.rule]),
			bytes.Compare(a.name[:], b.name[:]), c.compareWhole(&a, &b),
			cmp.Compare(a.source, b.source), cmp.Compare(a.at, b.at),
		)
	})
}

// compareWhole compares the findings of two entries that look alike so far, which needs a long identity or none.
func (c *Collection) compareWhole(a, b *entry) int {
	if a.at == b.at && a.source == b.source || a.key == b.key && !a.lone || a.name != b.name {
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

// read reads the finding of an entry, settled.
func (c *Collection) read(e *entry) (*detector.Finding, error) {
	body := make([]byte, e.size)
	var err error
	if e.source == inSpool {
		_, err = c.spool.ReadAt(body, e.at)
	} else {
		err = c.files.readAt(int(e.source), body, e.at)
	}
	if err != nil {
		return nil, err
	}
	var f detector.Finding
	if err := json.Unmarshal(bytes.TrimLeft(body, " \t\r\n,:"), &f); err != nil {
		return nil, fmt.Errorf("report: a finding changed while it was being read: %w", err)
	}
	if e.run != 0 {
		f.Package = c.byRun[e.run].start.Package
	}
	if e.known != 0 {
		f.Known = c.reasons[e.known-1]
	}
	f = settleFinding(f)
	return &f, nil
}
