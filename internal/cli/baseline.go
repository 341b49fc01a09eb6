package cli

import (
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/baseline"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// baselineCommand keeps the file of accepted findings.
type baselineCommand struct {
	Write baselineWrite `cmd:"" help:"Add the findings of reports and runs, and keep all entries."`
	Check baselineCheck `cmd:"" help:"Fail on new findings, and list stale entries."`
	Prune baselinePrune `cmd:"" help:"Remove stale entries."`
}

// baselineFlags are the flags of all three.
type baselineFlags struct {
	File        string `default:"nplusgone.baseline" placeholder:"FILE" help:"The baseline. The default is nplusgone.baseline."`
	gatherFlags `embed:""`
}

// baselineWrite implements nplusgone baseline write.
type baselineWrite struct {
	baselineFlags `embed:""`
	Ceilings      bool `help:"Also write the number of statements of each entry as a ceiling: more in one run is a new finding."`
}

// Help implements kong.HelpProvider.
func (*baselineWrite) Help() string {
	return `The file has a line for each statement of a finding, by its identity. You may
add a "reason" and a ceiling ("max") to a line; both are kept when the file is
written again. No entry is removed; prune does that.

  NPLUSGONE_DIR=.nplusgone go test ./...
  nplusgone baseline write .nplusgone`
}

// Run implements the subcommand.
func (c *baselineWrite) Run(std *streams) error {
	g, err := c.gather(std, nil)
	if err != nil {
		return err
	}
	defer g.Close()
	b, err := baseline.Read(c.File)
	if isCause(err, fs.ErrNotExist) {
		b, err = baseline.New(), nil
	}
	if err != nil {
		return plainly(err)
	}
	before, findings := b.Len(), 0
	err = g.Each(func(f *finding.Finding) error {
		if !f.Gates(c.Level.Level) {
			return nil
		}
		ceiling := 0
		if c.Ceilings {
			ceiling = f.Most()
		}
		b.Add(f, ceiling)
		findings++
		return nil
	})
	if err == nil {
		err = b.Write(c.File)
	}
	if err != nil {
		return plainly(err)
	}
	fmt.Fprintf(std.out, "%s: %d entries, %d of them new; findings: %d\n", c.File, b.Len(), b.Len()-before, findings)
	_, err = g.writeNotChecked(std.err)
	return err
}

// baselineCheck implements nplusgone baseline check.
type baselineCheck struct {
	baselineFlags `embed:""`
	Strict        bool `help:"Also fail on stale entries."`
}

// Help implements kong.HelpProvider.
func (*baselineCheck) Help() string {
	return `It does not change the file. It exits with 0 if every finding is known, with 1
if one is new, and with 2 if a file cannot be read, or no finding is new but
something was not checked. A finding is known if all its statements are: fixing
one of twelve makes no new finding. An entry is stale if the runs covered its
test and did not find it again.

  nplusgone baseline check .nplusgone`
}

// Run implements the subcommand.
func (c *baselineCheck) Run(std *streams) error {
	g, b, stale, err := c.compare(std)
	if err != nil {
		return err
	}
	defer g.Close()
	failing, err := g.writeNotChecked(std.err)
	if err != nil {
		return err
	}
	err = g.Each(func(f *finding.Finding) error {
		if f.Gates(c.Level.Level) {
			_, err := fmt.Fprintln(std.out, newText(b, f))
			return err
		}
		return nil
	})
	if err == nil {
		err = listStale(std.out, stale)
	}
	if err != nil {
		return plainly(err)
	}
	err = g.verdict(std.err, c.Level.Level, true, failing)
	if err == nil && c.Strict && len(stale) > 0 {
		fmt.Fprintf(std.err, "nplusgone: stale entries: %d\n", len(stale))
		return errFindings
	}
	return err
}

// newText describes a new finding, and what is new about it.
func newText(b *baseline.Baseline, f *finding.Finding) string {
	at := f.Position()
	text := fmt.Sprintf("%s:%d: new: %s (%s): %s", at.File, at.Line, f.Rule, f.Level, f.Message)
	switch v, _, ceiling := b.Look(f); v {
	case baseline.Partly:
		text += "; known except for " + strings.Join(b.NewIn(f), "; ")
	case baseline.Over:
		text += fmt.Sprintf("; accepted up to %d statements", ceiling)
	}
	return printable.Line(text)
}

// baselinePrune implements nplusgone baseline prune.
type baselinePrune struct {
	baselineFlags `embed:""`
}

// Run implements the subcommand.
func (c *baselinePrune) Run(std *streams) error {
	g, b, stale, err := c.compare(std)
	if err != nil {
		return err
	}
	defer g.Close()
	b.Remove(stale)
	if len(stale) > 0 {
		if err := b.Write(c.File); err != nil {
			return plainly(err)
		}
	}
	if err := listStale(std.out, stale); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "%s: %d entries, %d removed\n", c.File, b.Len(), len(stale))
	return err
}

// compare merges the reports and marks the findings that the baseline knows.
func (c *baselineFlags) compare(std *streams) (*gathered, *baseline.Baseline, []baseline.Entry, error) {
	b, err := readBaseline(c.File)
	if err != nil {
		return nil, nil, nil, err
	}
	g, err := c.gather(std, nil)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := g.judge(b); err != nil {
		g.Close()
		return nil, nil, nil, err
	}
	return g, b, g.stale(b), nil
}

func readBaseline(path string) (*baseline.Baseline, error) {
	b, err := baseline.Read(path)
	if isCause(err, fs.ErrNotExist) {
		return nil, withHint(plain{err}, `write one with "nplusgone baseline write"`)
	}
	return b, plainly(err)
}

func listStale(w io.Writer, stale []baseline.Entry) error {
	for _, e := range stale {
		if _, err := fmt.Fprintf(w, "stale: %s\n", entryText(e)); err != nil {
			return err
		}
	}
	return nil
}
