package detector

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// DefaultThreshold is how many times a statement runs in one loop before a finding that is not proven is reported.
const DefaultThreshold = 3

// DefaultLevel is the lowest level of findings that fail a test and go to sinks.
const DefaultLevel = finding.DefaultLevel

// config is what options set.
type config struct {
	analysis.Config
	level     finding.Level
	sinks     []Sink
	countOnly bool // values of rows are not looked at
	noEmpty   bool // scopes without a statement are only counted
}

// An Option sets one property of a Detector.
type Option interface{ apply(*config) error }

type optionFunc func(*config) error

func (f optionFunc) apply(c *config) error { return f(c) }

// WithThreshold sets how many times a statement runs in one loop before a finding that is not proven is reported. A proven
// finding is reported from 2. The default is DefaultThreshold; less than 2 is an error. The last one applies.
func WithThreshold(n int) Option {
	return optionFunc(func(c *config) error {
		if n < 2 {
			return fmt.Errorf("detector: threshold %d is too small; it must be 2 or more", n)
		}
		c.Threshold = n
		return nil
	})
}

// WithLevel sets the lowest level of findings that fail a test and go to sinks. Reports have findings of lower levels as well. The
// default is DefaultLevel. The last one applies.
func WithLevel(l finding.Level) Option {
	return optionFunc(func(c *config) error {
		if l < finding.Suspect || l > finding.Proven {
			return fmt.Errorf("detector: the level is %v; it must be Suspect, Likely or Proven", l)
		}
		c.level = l
		return nil
	})
}

// WithRules enables only the named rules. By default all are enabled. An unknown name is an error. The last one applies.
func WithRules(names ...string) Option {
	return optionFunc(func(c *config) error {
		rules, err := analysis.RulesNamed(names)
		c.Rules = rules
		return err
	})
}

// WithoutRules disables the named rules, in addition to those of earlier options. An unknown name is an error.
func WithoutRules(names ...string) Option {
	return optionFunc(func(c *config) error {
		off, err := analysis.RulesNamed(names)
		c.Rules = slices.DeleteFunc(slices.Clone(c.Rules), func(r *analysis.Rule) bool { return slices.Contains(off, r) })
		return err
	})
}

// WithException sets the findings aside that match e, in addition to those of earlier options. An exception without a reason is an error, and so is one
// that matches everything.
func WithException(e finding.Exception) Option {
	return optionFunc(func(c *config) error {
		switch _, known := analysis.RuleNamed(e.Rule); {
		case strings.TrimSpace(e.Reason) == "":
			return errors.New("detector: an exception has no Reason; say why the finding is acceptable")
		case e.Rule != "" && !known:
			return fmt.Errorf("detector: an exception has the unknown rule %q (rules: %s)", e.Rule, strings.Join(analysis.RuleNames(), ", "))
		case e.Function == "" && e.Table == "" && e.Fingerprint == "":
			return errors.New("detector: an exception matches everything; set its Function, Table or Fingerprint, or disable the rule with WithoutRules")
		case e.Fingerprint != "" && (len(e.Fingerprint) < 8 || strings.Trim(e.Fingerprint, "0123456789abcdef") != ""):
			return fmt.Errorf("detector: an exception has the fingerprint %q; give the first 8 hexadecimal digits or more, as in a report", e.Fingerprint)
		case e.Max < 0:
			return fmt.Errorf("detector: an exception is for up to %d statements; Max must not be negative", e.Max)
		}
		c.Exceptions = append(c.Exceptions, e)
		return nil
	})
}

// WithSource sets the source that the analysis asks. Without source, findings name no loop, and what only the source proves is
// likely at most. The last one applies.
func WithSource(s analysis.Source) Option {
	return optionFunc(func(c *config) error { c.Source = s; return nil })
}

// WithoutEmptyScopes leaves scopes without a statement out of the profile, apart from their number. A test that runs no statement
// is worth a line; a request is not.
func WithoutEmptyScopes() Option {
	return optionFunc(func(c *config) error { c.noEmpty = true; return nil })
}

// WithoutProvenance disables looking at the values of rows, which takes some tens of nanoseconds for each row. Then n-plus-one is
// likely at most, and duplicate-query, which compares results, finds nothing.
func WithoutProvenance() Option {
	return optionFunc(func(c *config) error { c.countOnly = true; return nil })
}
