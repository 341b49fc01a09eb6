package merge

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// A Collection merges reports and runs of any number and size. It keeps the position of each finding in its file, not the
// finding: a million findings take about 64 MB of memory. What it cannot read again from a file is copied to a temporary
// file.
//
// All input is added first. The first method that needs the findings ends the adding, and adding after that is an error.
// The files that were added must not change before Close. A Collection uses several processors, and is not safe for
// concurrent use.
type Collection struct {
	mu       sync.Mutex // held while several files are added
	tool     report.Tool
	profile  profileSum
	deferred []finding.Deferred
	testRuns []finding.TestRun // of documents
	byRun    []*run            // kept runs by number; number 0 is for documents
	byID     map[string]int    // numbers of runs by their ID

	index   index
	files   fileSet
	spool   spool
	reasons []string // why findings are known
	body    []byte   // buffer for reading a finding
	merged  bool
	byCost  bool
}

// NewCollection returns an empty collection. The caller closes it.
func NewCollection() *Collection {
	return &Collection{profile: newProfileSum(), index: newIndex(), byID: make(map[string]int), byRun: []*run{nil}}
}

var errMerged = errors.New("merge: adding to a collection whose findings were read already")

// AddFiles adds the reports and runs in files, several at the same time. It returns the error of the first file that has
// one; Read describes the errors. If two files have the same run, one of them is ignored.
func (c *Collection) AddFiles(paths ...string) error {
	if c.merged {
		return errMerged
	}
	first := c.files.add(paths...)
	errs := make([]error, len(paths))
	var adding sync.WaitGroup
	slot := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, path := range paths {
		slot <- struct{}{}
		adding.Go(func() {
			defer func() { <-slot }()
			errs[i] = c.addFile(path, first+i)
		})
	}
	adding.Wait()
	return cmp.Or(errs...)
}

func (c *Collection) addFile(path string, source int) error {
	file, offset, err := openReport(path)
	if err != nil {
		return err
	}
	defer file.Close()
	in := &input{c: c, source: source, base: offset}
	return newDecoder(bufio.NewReaderSize(file, 64<<10), path, in).all()
}

// Add adds the reports and runs in r, and keeps a copy of them. Errors call r by name.
func (c *Collection) Add(r io.Reader, name string) error {
	if c.merged {
		return errMerged
	}
	in := &input{c: c, source: inSpool, base: c.spool.size}
	return newDecoder(io.TeeReader(skipMark(r), &c.spool), name, in).all()
}

// AddDocument adds a document that is in memory.
func (c *Collection) AddDocument(d *report.Document) error {
	var text bytes.Buffer
	if err := report.Write(&text, "json", d, report.Options{}); err != nil {
		return err
	}
	return c.Add(&text, "a document in memory")
}

// ByCost makes findings that save the most round trips come first. Equal ones, and all findings without it, are in the
// order of finding.Compare. It is called before the findings are read.
func (c *Collection) ByCost() { c.byCost = true }

// Passed records that go test reported the package's tests as passed. Their runs then count as ended, also when the package
// has no TestMain that calls nplusgonetest.VerifyTestMain, so that the runs do not say so themselves.
func (c *Collection) Passed(pkg string) {
	for _, r := range c.byRun[1:] {
		r.ended = r.ended || r.start.Package == pkg
	}
}

// TestRuns returns whether the runs of each package are complete, by import path.
func (c *Collection) TestRuns() []finding.TestRun {
	runs := slices.Clone(c.testRuns)
	for _, r := range c.byRun[1:] {
		runs = append(runs, r.testRun())
	}
	return mergeTestRuns(runs)
}

// Profile returns what ran.
func (c *Collection) Profile() finding.Profile { return finding.NormalizeProfile(c.profile.result()) }

// TakeDeferred returns the statements whose judgement was deferred until the source is available, and removes them.
func (c *Collection) TakeDeferred() []finding.Deferred {
	all := mergeDeferred(c.deferred)
	c.deferred = nil
	return all
}

// Each calls fn with every finding, in order, until fn returns an error, and returns that error. The finding is fn's to
// keep.
func (c *Collection) Each(fn func(*finding.Finding) error) error {
	if err := c.merge(); err != nil {
		return err
	}
	return c.each(report.AllKinds, fn)
}

// MarkKnown asks reason for each finding and sets Finding.Known to what it returns. A finding whose reason is not empty
// no longer counts.
func (c *Collection) MarkKnown(reason func(*finding.Finding) string) error {
	if err := c.merge(); err != nil {
		return err
	}
	var reasons []string
	numbers := make([]uint16, 0, len(c.index.order)) // applied at the end, because findings are read ahead
	err := c.each(report.AllKinds, func(f *finding.Finding) error {
		number := uint16(0)
		if why := reason(f); why != "" {
			reasons, number = numberOf(reasons, why)
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

// numberOf returns the number of a reason, counted from 1, and the list with the reason in it. When the numbers are used
// up, all further reasons share the last one.
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

// Count returns how many findings count at the given level: they have it or a higher one, and are neither notes nor known.
func (c *Collection) Count(at finding.Level) (int, error) {
	if err := c.merge(); err != nil {
		return 0, err
	}
	return c.tally().From(at), nil
}

// Write writes the collection in a format of package report.
func (c *Collection) Write(w io.Writer, format string, opts report.Options) error {
	s, err := c.Stream()
	if err != nil {
		return err
	}
	return s.Write(w, format, opts)
}

// Stream returns the collection as a report whose findings are read one by one. It is valid until Close.
func (c *Collection) Stream() (*report.Stream, error) {
	if err := c.merge(); err != nil {
		return nil, err
	}
	return &report.Stream{
		Tool: c.tool, Profile: c.Profile(), Runs: c.TestRuns(), Deferred: mergeDeferred(c.deferred), Tally: c.tally(), Each: c.each,
	}, nil
}

func (c *Collection) tally() (t report.Tally) {
	for _, i := range c.index.order {
		e := c.index.entry(i)
		t.Add(e.kind(), e.level, c.index.names[e.aside])
	}
	return t
}

// Document returns the collection as one document in memory.
func (c *Collection) Document() (*report.Document, error) {
	d := &report.Document{
		Schema: report.SchemaVersion, Tool: c.tool, Findings: []finding.Finding{}, Profile: c.Profile(), Runs: c.TestRuns(), Deferred: mergeDeferred(c.deferred),
	}
	err := c.Each(func(f *finding.Finding) error {
		d.Findings = append(d.Findings, *f)
		return nil
	})
	if err != nil {
		return nil, err
	}
	d.Profile.SetAside = c.tally().SetAside()
	return d, nil
}

// Incomplete returns why the absence of findings is inconclusive; see report.Stream.
func (c *Collection) Incomplete() ([]string, error) {
	s, err := c.Stream()
	if err != nil {
		return nil, err
	}
	return s.Incomplete(), nil
}

// Close removes the temporary files of the collection.
func (c *Collection) Close() error {
	c.files.close()
	return c.spool.close()
}

// setTool keeps the tool with the highest version, so that the order of the input does not matter.
func (c *Collection) setTool(tool report.Tool) {
	if cmp.Or(cmp.Compare(tool.Name, c.tool.Name), cmp.Compare(tool.Version, c.tool.Version)) > 0 {
		c.tool = tool
	}
}

// merge ends the adding: afterwards there is one entry for each identity, in order.
func (c *Collection) merge() error {
	if c.merged {
		return nil
	}
	c.merged = true
	return c.mergeEntries()
}
