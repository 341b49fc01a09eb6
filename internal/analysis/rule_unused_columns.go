package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// UnusedColumns finds columns that are fetched and never read.
var unusedColumns = &Rule{Rule: finding.Rule{
	Name: "unused-columns", Title: "columns fetched that nobody reads", Since: "v0.1.0", Tips: []int{8, 9}, Max: finding.Suspect,
	Doc: "A list is fetched with SELECT *, or with long texts or blobs, and the code that the rows reach reads only some of " +
		"the columns.",
	Cost: "Wide rows fill the network and the memory of both sides, and keep the database from answering out of an index " +
		"alone.",
	Proof: "Suspect, never more: the types of the source show which columns the code reads that this statement's rows reach; " +
		"another caller of the same function may read more.",
	Fix: "Name the columns that are needed, and leave long ones where they are until one of them is shown.",
	Quiet: "Rows handed to an encoder, a template, reflection or any code that cannot be read; single rows; a few short " +
		"columns too many.",
},
	once:  true,
	asks:  true,
	check: checkColumns,
	message: func(f *finding.Finding) string {
		return "columns fetched that nobody reads"
	},
	requires: []*Rule{unboundedResult},
}

// What makes unread columns worth telling of.
const (
	listRows     = 10       // a list; the columns of one row cost next to nothing
	unreadLeast  = 3        // of SELECT *
	unreadBytes  = 16 << 10 // of long values: some packets on the network
	mostOfTheRow = 2        // one of this many columns is unread
)

func checkColumns(p *Pass) {
	for _, g := range p.fetching(2) {
		names := g.names()
		everything := slices.ContainsFunc(g.Facts().Columns, star) && g.Longest >= listRows
		if names == nil || !everything && g.WideBytes == nil || g.Facts().Locking {
			continue
		}
		u := p.use(g)
		if !u.Known || u.Unread && len(u.Counts)+len(u.Exists) > 0 {
			continue
		}
		read := make([]bool, len(names))
		for _, c := range u.Reads {
			if i := g.index(c); i >= 0 && i < len(read) {
				read[i] = true
			} else {
				read = nil // which column that is cannot be told
				break
			}
		}
		if read == nil {
			continue
		}
		p.unread(g, names, read, everything)
	}
}

func (p *Pass) unread(g *group, names []string, read []bool, everything bool) {
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
	if len(kept) == 0 || !wide && (!everything || len(unread) < unreadLeast || len(unread)*mostOfTheRow < len(names)) {
		return
	}
	r, err := rewrite.Columns(g.query(), kept)
	h := &hit{group: g, level: finding.Suspect, count: g.Count, fix: processed(p.rule, r, err)}
	h.evidence = []finding.Evidence{{From: "source", Text: fmt.Sprintf("the code that the rows reach does not read %s", strings.Join(unread, ", "))}}
	if wide {
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("%s of %s, in %s", kilobytes(bytes), strings.Join(long, ", "), rowCount(g.Rows))})
	} else {
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d of %d columns, in %s", len(unread), len(names), rowCount(g.Rows))})
	}
	p.report(h)
}

func kilobytes(n int) string { return fmt.Sprintf("%d KB", (n+512)/1024) }
