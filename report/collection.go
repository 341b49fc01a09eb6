package report

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// A Collection merges reports and runs of any number and size: the shards of a test suite, and the packages of each. It
// remembers where each finding stands, not the finding, so that a million of them take some 64 MB of memory; what it
// cannot read again from a file is kept in a temporary one. First add everything, then look: the first look ends the
// adding. The files that were added must stay as they are until Close. It uses several processors, and is not safe for
// concurrent use.
//
// Findings of one identity become one, as Merge does it, with one difference: within one kept run only the last
// one counts, because a run writes a finding again when a later scope repeats it more often. So a finding's count is the
// worst scope of each run, added up over the runs.
type Collection struct {
	mu      sync.Mutex // while files are added
	merged  *merger    // tool and profile
	index   index
	files   shelf
	spool   spool
	reasons []string // why findings are known
	byRun   []*keptRun
	byID    map[string]int // runs by their ID
	body    []byte         // of the finding that is read
	looked  bool
	byCost  bool
}

// NewCollection returns an empty collection. Close it when it is not needed any more.
func NewCollection() *Collection {
	return &Collection{merged: newMerger(), index: newIndex(), byID: make(map[string]int), byRun: []*keptRun{nil}}
}

var errLooked = errors.New("report: adding to a collection that was looked at already")

// AddFiles adds the reports and runs in files, some at the same time. It returns the error of the first file that has
// one, as Read says it. Of a run that is in two of them, it is open which one counts.
func (c *Collection) AddFiles(paths ...string) error {
	if c.looked {
		return errLooked
	}
	first := c.files.add(paths...)
	errs := make([]error, len(paths))
	var adding sync.WaitGroup
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, path := range paths {
		turn <- struct{}{}
		adding.Go(func() {
			defer func() { <-turn }()
			errs[i] = c.addFile(path, first+i)
		})
	}
	adding.Wait()
	return cmp.Or(errs...)
}

func (c *Collection) addFile(path string, source int) error {
	file, skipped, err := openReport(path)
	if err != nil {
		return err
	}
	defer file.Close()
	in := &input{c: c, source: source, base: skipped}
	return newDecoder(bufio.NewReaderSize(file, 64<<10), path, in).all()
}

// Add adds the reports and runs in r, and keeps a copy of them. The name is what errors call r.
func (c *Collection) Add(r io.Reader, name string) error {
	if c.looked {
		return errLooked
	}
	in := &input{c: c, source: inSpool, base: c.spool.size}
	return newDecoder(io.TeeReader(skipMark(r), &c.spool), name, in).all()
}

// Each calls fn with every finding, in the order of reports, until fn answers an error, and returns that. The finding is
// fn's to keep.
func (c *Collection) Each(fn func(*finding.Finding) error) error {
	if err := c.look(); err != nil {
		return err
	}
	return c.each(all, fn)
}

// Know asks why for the reason to let each finding pass, "" for none, and remembers the answers: what is known no longer
// counts, as Finding.Known says.
func (c *Collection) Know(why func(*finding.Finding) string) error {
	if err := c.look(); err != nil {
		return err
	}
	var reasons []string
	numbers := make([]uint16, 0, len(c.index.order)) // set at the end: findings are read ahead
	err := c.each(all, func(f *finding.Finding) error {
		number := uint16(0)
		if reason := why(f); reason != "" {
			reasons, number = numberOf(reasons, reason)
		}
		numbers = append(numbers, number)
		return nil
	})
	if err != nil {
		return err
	}
	c.reasons = reasons
	for i, number := range numbers {
		c.index.entry(c.index.order[i]).known = number
	}
	return nil
}

// numberOf returns the number of a reason, from 1 on, and the reasons with it. Of very many, the last are told as one.
func numberOf(reasons []string, reason string) ([]string, uint16) {
	i := slices.Index(reasons, reason)
	if i < 0 && len(reasons) < math.MaxUint16-1 {
		reasons = append(reasons, reason)
		return reasons, uint16(len(reasons))
	}
	if i < 0 {
		i = len(reasons) - 1
	}
	return reasons, uint16(i + 1)
}

// Runs says of each package with a kept run whether it is whole, by import path.
func (c *Collection) Runs() []Run {
	runs := slices.Clone(c.merged.runs)
	for _, r := range c.byRun[1:] {
		runs = append(runs, r.run())
	}
	return mergeRuns(runs)
}

// Passed says that the tests of a package are known to have passed, as go test tells: its runs ended well, also where
// nothing said so in them, because the package has no TestMain that calls nplusgonetest.VerifyTestMain.
func (c *Collection) Passed(pkg string) {
	for _, r := range c.byRun[1:] {
		r.ended = r.ended || r.start.Package == pkg
	}
}

// Profile returns what ran.
func (c *Collection) Profile() finding.Profile { return settleProfile(c.merged.profile.result()) }

// TakeCandidates returns what only the source can judge, and forgets it.
func (c *Collection) TakeCandidates() []analysis.Candidate {
	all := mergeCandidates(c.merged.candidates)
	c.merged.candidates = nil
	return all
}

// Write writes the collection as the package's Write writes a document.
func (c *Collection) Write(w io.Writer, format string, opts Options) error {
	if err := c.look(); err != nil {
		return err
	}
	v := &view{tool: c.merged.tool, profile: c.Profile(), runs: c.Runs(), candidates: mergeCandidates(c.merged.candidates), each: c.each}
	for _, i := range c.index.order {
		e := c.index.entry(i)
		v.tally.add(e.kind(), e.level)
	}
	return write(w, format, v, opts)
}

// Counting returns how many findings are of the given level or surer, and neither notes nor known.
func (c *Collection) Counting(at finding.Level) (n int, err error) {
	if err := c.look(); err != nil {
		return 0, err
	}
	for _, i := range c.index.order {
		if e := c.index.entry(i); e.kind() == counted && e.level >= at {
			n++
		}
	}
	return n, nil
}

// Document returns the collection as one document, in memory.
func (c *Collection) Document() (*Document, error) {
	d := &Document{Tool: c.merged.tool, Profile: c.merged.profile.result(), Runs: c.Runs(), Candidates: mergeCandidates(c.merged.candidates)}
	err := c.Each(func(f *finding.Finding) error {
		d.Findings = append(d.Findings, *f)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return d.settled(), nil
}

// Close removes what the collection has kept in temporary files.
func (c *Collection) Close() error {
	c.files.close()
	return c.spool.close()
}

// look ends the adding: from here on there is one entry for each identity, in the order of reports.
func (c *Collection) look() error {
	if c.looked {
		return nil
	}
	c.looked = true
	return c.merge()
}
