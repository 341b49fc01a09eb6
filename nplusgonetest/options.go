package nplusgonetest

import (
	"fmt"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
)

type config struct {
	detector []detector.Option
	baseline string // path; "" for the environment's
	dir      string
	budgets  []budget
	contract string // path of the golden file
	only     string // an option that only VerifyTestMain, or only a test, may be given
	known    func(*finding.Finding) string
	wrong    error // an option that cannot be
}

// An Option changes what is checked.
type Option interface{ apply(*config) }

type optionFunc func(*config)

func (f optionFunc) apply(c *config) { f(c) }

func detectorOption(o detector.Option) Option {
	return optionFunc(func(c *config) { c.detector = append(c.detector, o) })
}

// WithThreshold sets how many times a statement runs in one loop before a finding that is not proven counts. The default
// is 3, a proven one counts from 2. The last one wins.
func WithThreshold(n int) Option { return detectorOption(detector.WithThreshold(n)) }

// WithLevel sets the lowest level that fails: finding.Suspect, finding.Likely (the default) or finding.Proven. The
// last one wins.
func WithLevel(l finding.Level) Option { return detectorOption(detector.WithLevel(l)) }

// WithRules leaves only the named rules on. The default is all of them. The last one wins.
func WithRules(names ...string) Option { return detectorOption(detector.WithRules(names...)) }

// WithoutRules turns the named rules off. It adds up when repeated.
func WithoutRules(names ...string) Option { return detectorOption(detector.WithoutRules(names...)) }

// WithException sets findings aside that are fine, with a reason: they become notes. It adds up when repeated. In the code
// itself a comment does so: //nplusgone:ignore RULE [max=N] REASON, at the loop or above its function.
func WithException(e finding.Exception) Option { return detectorOption(detector.WithException(e)) }

// WithBaseline names the file of known findings that do not fail: see nplusgone baseline. A relative path begins at the
// module's root. The default is NPLUSGONE_BASELINE of the environment, or none. A file that cannot be read is an error.
// The last one wins.
func WithBaseline(path string) Option { return optionFunc(func(c *config) { c.baseline = path }) }

// WithDir names the folder where VerifyTestMain keeps the run; other functions refuse it, because a process keeps one
// run. A relative path begins at the module's root. The default is NPLUSGONE_DIR of the environment, or none. The last
// one wins.
func WithDir(dir string) Option {
	return optionFunc(func(c *config) { c.dir, c.only = dir, "WithDir is for VerifyTestMain" })
}

// configure returns what opts ask for.
func configure(opts []Option) (*config, *detector.Detector, error) {
	cfg := &config{}
	for _, o := range opts {
		o.apply(cfg)
	}
	d, err := detector.New(append([]detector.Option{detector.WithSource(finder)}, cfg.detector...)...)
	if err == nil {
		err = cfg.wrong
	}
	if err != nil {
		return nil, nil, err
	}
	cfg.known, err = knownIn(cfg.baseline)
	return cfg, d, err
}

// onlyFor answers an error for options that fn has no use for.
func (c *config) onlyFor(fn string) error {
	tests := len(c.budgets) > 0 || c.contract != ""
	switch {
	case fn == "VerifyTestMain" && tests:
		return fmt.Errorf("budgets and contracts are options of Test and Open, which know whose statements they are")
	case fn != "VerifyTestMain" && c.only != "":
		return fmt.Errorf("%s, not for %s", c.only, fn)
	}
	return nil
}

// why returns the reason to let f pass, "" for none.
func (c *config) why(f *finding.Finding) string {
	if c.known == nil || f.Note != "" {
		return ""
	}
	return c.known(f)
}
