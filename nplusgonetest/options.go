package nplusgonetest

import (
	"github.com/nplusgone/nplusgone/detector"
)

type config struct{ detector []detector.Option }

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

// WithLevel sets the lowest level that fails: detector.Suspect, detector.Likely (the default) or detector.Proven. The
// last one wins.
func WithLevel(l detector.Level) Option { return detectorOption(detector.WithLevel(l)) }

// WithRules leaves only the named rules on. The default is all of them. The last one wins.
func WithRules(names ...string) Option { return detectorOption(detector.WithRules(names...)) }

// WithoutRules turns the named rules off. It adds up when repeated.
func WithoutRules(names ...string) Option { return detectorOption(detector.WithoutRules(names...)) }

// WithException sets findings aside that are fine, with a reason: they become notes. It adds up when repeated. In the code
// itself a comment does so: //nplusgone:ignore RULE [max=N] REASON, at the loop or above its function.
func WithException(e detector.Exception) Option { return detectorOption(detector.WithException(e)) }

func newDetector(opts []Option) (*detector.Detector, error) {
	cfg := config{}
	for _, o := range opts {
		o.apply(&cfg)
	}
	return detector.New(append([]detector.Option{detector.WithSource(finder)}, cfg.detector...)...)
}
