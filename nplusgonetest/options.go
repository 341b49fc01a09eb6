package nplusgonetest

import (
	"fmt"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/option"
)

// An Option is a setting. It is the type of nplusgone.Option: the options WithLevel, WithThreshold, WithRules,
// WithoutRules, WithException, WithoutProvenance, WithDialect and WithScans are in package nplusgone. A function that an
// option is not for fails the test, and names the functions that the option is for. Of an option that is given twice the
// last one wins, unless its description says otherwise.
type Option = option.Option

const (
	testDoors = "Test, Open or OpenDB"
	allDoors  = "Test, Open, OpenDB, Grow or VerifyTestMain"
)

type (
	contractPath string
	baselinePath string
	runDir       string
)

// WithBaseline sets the file of known findings, which do not fail; nplusgone baseline writes it. A relative path begins at
// the module's root. The default is the environment variable NPLUSGONE_BASELINE, or no file. A file that cannot be read
// is an error. It is an option of all functions of this package.
func WithBaseline(path string) Option {
	return option.New("WithBaseline", allDoors, baselinePath(path))
}

// WithDir sets the folder in which the run is recorded for nplusgone report. A relative path begins at the module's root. The
// default is the environment variable NPLUSGONE_DIR, or to record no run. It is an option of VerifyTestMain, because a
// process records one run.
func WithDir(dir string) Option { return option.New("WithDir", "VerifyTestMain", runDir(dir)) }

// A config is what the options of one call set.
type config struct {
	detector []detector.Option
	database []driver.Option
	level    finding.Level
	budgets  []budget
	contract string // path of the golden file; empty for none
	baseline string // path; empty for that of the environment
	dir      string // of the recorded run; empty for that of the environment
	known    func(*finding.Finding) string
	inner    *innerScopes
}

// configure returns the configuration that opts make for the function door, and its detector.
func configure(door string, opts []Option) (*config, *detector.Detector, error) {
	c := &config{level: detector.DefaultLevel, detector: []detector.Option{detector.WithSource(finder)}, inner: new(innerScopes)}
	main, sized := door == "VerifyTestMain", door == "Grow"
	err := option.Apply(door, opts, func(value any) bool {
		switch v := value.(type) {
		case detector.Option:
			c.detector = append(c.detector, v)
			return !main // the code that begins a scope has configured it
		case driver.Option:
			c.database = append(c.database, v)
			return door == "Open" || door == "OpenDB"
		case finding.Level:
			c.level = v
		case budget:
			c.budgets = append(c.budgets, v)
			return !main && !sized
		case contractPath:
			c.contract = string(v)
			return !main && !sized
		case baselinePath:
			c.baseline = string(v)
		case runDir:
			c.dir = string(v)
			return main
		default:
			return false
		}
		return true
	})
	if err != nil {
		return nil, nil, err
	}
	for _, b := range c.budgets {
		if b.max < 0 {
			return nil, nil, fmt.Errorf("%s: the number of statements is negative", b.name)
		}
	}
	d, err := detector.New(append(c.detector, detector.WithLevel(c.level), detector.WithSink(c.inner))...)
	if err != nil {
		return nil, nil, err
	}
	c.known, err = knownIn(c.baseline)
	return c, d, err
}

// why returns why f is known to the baseline, or "".
func (c *config) why(f *finding.Finding) string {
	if c.known == nil || f.Note != "" {
		return ""
	}
	return c.known(f)
}
