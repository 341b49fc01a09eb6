package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// unusedColumns finds columns that are fetched and not read.
var unusedColumns = &Rule{Rule: finding.Rule{
	Name: "unused-columns", Title: "columns fetched and not read", Since: "v0.1.0", Tips: []int{8, 9}, Max: finding.Suspect,
	Doc: "A list is fetched with SELECT *, with long texts or blobs, or with many columns, and the code that gets the rows reads only some of " +
		"the columns; or one row with a long text or blob, and the code reads a few of its other columns.",
	Cost: "Unread columns use network and memory on both sides, and the database cannot return the rows from an index alone.",
	Proof: "Suspect, never more: types in the source show which columns the code reads that gets this statement's rows. Another " +
		"caller of the same function may read more.",
	Fix: "Name the columns that are needed, and fetch long ones when one of them is shown.",
	Quiet: "Columns that an encoder or a template of the standard library reads; rows that are passed to reflection or code that is not " +
		"available; single rows without a long value; a few short " +
		"unread columns; locked rows; statements that another rule reports or that a recursion, a test or set-up code runs.",
},
	ownMinimum:  true,
	needsSource: true,
	check:       checkColumns,
	message: func(f *finding.Finding) string {
		return "columns fetched and not read"
	},
	requires: []*Rule{unboundedResult},
}

func checkColumns(p *Pass) {
	for _, g := range p.fetching(0) {
		if g.Facts().Locking || p.replaced(g) {
			continue
		}
		u := p.use(g)
		names := g.columnNames()
		if names == nil {
			p.reportBlobs(g, u)
			continue
		}
		if !u.Known || u.Unread && len(u.Counts)+len(u.Exists) > 0 {
			continue
		}
		if read, ok := g.readOf(u, names); ok {
			p.reportUnread(g, u, names, read)
		}
	}
}

// replaced reports whether the fix of another detection about g fetches none of its columns.
func (p *Pass) replaced(g *group) bool {
	return slices.ContainsFunc(p.index.detections[g], func(h *detection) bool {
		return slices.Contains([]*Rule{fetchToCount, fetchToExist, aggregateInApp}, h.rule)
	})
}

// reportBlobs reports the columns of a SELECT * without a row, whose columns are not known, that a list has in fields of type []byte
// which the code does not use.
func (p *Pass) reportBlobs(g *group, u RowUse) {
	if !u.Known || !u.Gathered || u.Unread || u.Other || len(u.Reads) == 0 {
		return
	}
	var unread []string
	for _, c := range u.Blobs {
		if c.Name != "" && !slices.ContainsFunc(u.Reads, func(r Column) bool { return strings.EqualFold(r.Name, c.Name) }) {
			unread = append(unread, c.Name)
		}
	}
	if len(unread) == 0 {
		return
	}
	h := &detection{group: g, level: finding.Suspect, count: g.Count, fix: finding.Fix{Text: p.rule.Fix}}
	h.evidence = []finding.Evidence{
		{From: "source", Text: fmt.Sprintf("the code that gets the rows does not read %s, of type []byte", strings.Join(unread, ", "))},
		{From: "driver", Against: true, Text: "no result had a row in this run"},
	}
	p.report(h)
}

// readOf says for each column of g's result whether the source reads it. ok is false if it is not known of one which column it is.
func (g *group) readOf(u RowUse, names []string) (read []bool, ok bool) {
	read = make([]bool, len(names))
	for _, c := range u.Reads {
		i := g.columnIndex(c)
		if i < 0 || i >= len(read) {
			return nil, false
		}
		read[i] = true
	}
	return read, true
}

// reportUnread reports the columns that are not read, if they are many or long. read says which columns are.
func (p *Pass) reportUnread(g *group, u RowUse, names []string, read []bool) {
	var unread, long []string
	var kept []rewrite.Column
	bytes := 0
	for i, name := range names {
		switch {
		case read[i]:
			kept = append(kept, rewrite.Column{Index: i})
		default:
			unread = append(unread, name)
			if g.WideBytes != nil && i < record.MaxColumns && g.WideBytes[i] > 0 {
				long = append(long, name)
				bytes += g.WideBytes[i]
			}
		}
	}
	wide := bytes >= unreadBytes
	if g.Longest < 2 && !u.Gathered { // one row
		wide = g.Rows > 0 && bytes >= g.Rows*unreadOfRow && len(unread)*mostOf >= len(names)*most
		if !wide {
			return
		}
	}
	if len(kept) == 0 || !wide && !g.manyUnread(u, len(unread), len(names)) && !g.blobUnread(u, read) {
		return
	}
	r, err := rewrite.Columns(g.rewriteQuery(), kept)
	h := &detection{group: g, level: finding.Suspect, count: g.Count, fix: rowUseFix(p.rule, r, err)}
	h.evidence = []finding.Evidence{{From: "source", Text: fmt.Sprintf("the code that gets the rows does not read %s", strings.Join(unread, ", "))}}
	if wide {
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("%s of %s, in %s", kilobytes(bytes), strings.Join(long, ", "), rowCount(g.Rows))})
	} else {
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d of %d columns, in %s", len(unread), len(names), rowCount(g.Rows))})
	}
	p.report(h)
}

// manyUnread reports whether unread of the columns are many: of a SELECT * of a list, or of a list with many columns, also if they
// are spelled out.
func (g *group) manyUnread(u RowUse, unread, columns int) bool {
	star := slices.ContainsFunc(g.Facts().Columns, isStar) && g.Longest >= listRows
	return star && unread >= unreadLeast && unread*unreadShare >= columns ||
		u.Gathered && columns >= broadRow && unread*mostOf >= columns*most
}

// blobUnread reports whether a column of a list is read into a []byte that the code does not use.
func (g *group) blobUnread(u RowUse, read []bool) bool {
	return u.Gathered && slices.ContainsFunc(u.Blobs, func(c Column) bool {
		i := g.columnIndex(c)
		return i >= 0 && i < len(read) && !read[i]
	})
}

func kilobytes(n int) string { return fmt.Sprintf("%d KB", (n+512)/1024) }
