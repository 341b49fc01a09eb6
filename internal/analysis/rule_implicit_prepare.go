package analysis

import (
	"fmt"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// implicitPrepare finds statements that database/sql prepares because the driver cannot send arguments otherwise.
var implicitPrepare = &Rule{Rule: finding.Rule{
	Name: "implicit-prepare", Title: "statements that database/sql prepares for one execution", Since: "v0.1.0", Max: finding.Proven, Note: driverNote,
	Doc: "The MySQL driver does not insert arguments into the text of a statement. database/sql therefore prepares each statement with " +
		"arguments, executes it once, and closes it.",
	Cost:  "Each statement takes three round trips instead of one.",
	Proof: "Always a note. Statements that application code did not prepare were prepared statements, each executed once, on MySQL, where preparing is a round trip.",
	Fix: "Set interpolateParams=true in the DSN of go-sql-driver/mysql, which then sends one text (not with the character sets big5, cp932, gb2312, gbk and sjis), or prepare " +
		"frequent statements once and keep them.",
	Quiet: "Statements without arguments, other databases, set-up code, fewer statements than the threshold. There is one finding for each database.",
},
	ownMinimum: true,
	check:      checkImplicitPrepare,
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%d statements were prepared for one execution each", f.Count)
	},
}

func checkImplicitPrepare(p *Pass) {
	var detections []*detection // by database
	for _, g := range p.groups {
		if g.Key.DB.Dialect != fingerprint.MySQL || int(g.Fresh) < g.Count || p.callStack(g.Key.Stack).byStmt || p.callStack(g.Key.Stack).setUp {
			continue
		}
		i := slices.IndexFunc(detections, func(h *detection) bool { return h.group.Key.DB == g.Key.DB })
		if i < 0 {
			i = len(detections)
			detections = append(detections, &detection{group: g, subject: fmt.Sprintf("database %d", i+1)})
		}
		detections[i].count += g.Count
		detections[i].also = append(detections[i].also, g)
	}
	for _, h := range detections {
		if h.count >= p.cfg.Threshold {
			p.reportNote(h, finding.Evidence{From: "driver", Text: fmt.Sprintf("database/sql prepared %d statements for one execution each", h.count)})
		}
	}
}
