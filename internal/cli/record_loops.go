package cli

import (
	"fmt"
	"path/filepath"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/counters"
	"github.com/nplusgone/nplusgone/internal/overlay"
)

// A loopCounters says which loops of a run have counters.
type loopCounters struct {
	why     string   // why no loop has one; empty if loops are measured
	files   int      // files of the main modules
	changed int      // of which have counters
	loops   int      // that have a counter
	skipped []string // files whose loops have none, with the reason
}

// countLoops adds the files of the main modules, with counters in their loops, to an overlay, whose file is then in dir. cache is where
// rewritten files are kept.
func (t *recording) countLoops(tool *overlay.Toolchain, o *overlay.Overlay, modules []module, cache, dir string) (c loopCounters, err error) {
	switch {
	case t.loops == finding.Inferred:
		return loopCounters{why: "-loops=inferred"}, nil
	case t.covered || tool.Covers:
		return loopCounters{why: "counters would be part of the coverage that is measured"}, nil
	case tool.Arch != "amd64":
		return loopCounters{why: "goroutines are not distinguished on " + tool.Arch}, nil
	}
	var folders []string
	for _, m := range modules {
		if m.Dir != "" {
			folders = append(folders, m.Dir)
		}
	}
	r, err := counters.Modules(folders, filepath.Join(cache, "counters"), o.Replaced())
	if err != nil {
		return c, err
	}
	c = loopCounters{files: r.Files, changed: len(r.Replace), loops: r.Loops, skipped: r.Skipped}
	return c, o.Add(r.Replace, dir)
}

// explain says which loops have counters.
func (c *loopCounters) explain() []string {
	if c.why != "" {
		return []string{"loops are inferred: " + c.why}
	}
	lines := []string{fmt.Sprintf("%d loops get a counter, in %d of %d files of the main module", c.loops, c.changed, c.files)}
	for _, s := range c.skipped {
		lines = append(lines, "no counter for the loops of "+s)
	}
	return lines
}

// sayHow says of each finding with a loop how the loop is known.
func sayHow(findings []finding.Finding) {
	for i := range findings {
		if f := &findings[i]; f.Loop != nil && f.LoopFrom == "" {
			f.LoopFrom = finding.Inferred
		}
	}
}
