package detector

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// A Sink receives the findings of scopes as they end. It is called on the goroutine that ends the scope and must be safe
// for concurrent use.
type Sink interface {
	Finding(ctx context.Context, f finding.Finding)
}

// SinkFunc is a function that is a Sink.
type SinkFunc func(ctx context.Context, f finding.Finding)

// Finding implements Sink.
func (fn SinkFunc) Finding(ctx context.Context, f finding.Finding) { fn(ctx, f) }

// DefaultThreshold is how many times a statement runs in one loop before it is reported as likely or suspect.
const DefaultThreshold = 3

// DefaultLevel is the lowest level that counts: that fails a test or is logged.
const DefaultLevel = finding.DefaultLevel

type config struct {
	analysis.Config
	level finding.Level
	sinks []Sink
	blind bool // rows are counted only
}

// An Option changes how a Detector works.
type Option interface{ apply(*config) error }

type optionFunc func(*config) error

func (f optionFunc) apply(c *config) error { return f(c) }

// WithThreshold sets how many times a statement runs in one loop before a likely or suspect finding is reported. A proven
// finding is reported from 2. The default is DefaultThreshold; n below 2 is an error. The last one wins.
func WithThreshold(n int) Option {
	return optionFunc(func(c *config) error {
		if n < 2 {
			return fmt.Errorf("detector: threshold %d: one statement repeats nothing (want 2 or more)", n)
		}
		c.Threshold = n
		return nil
	})
}

// WithLevel sets the lowest level that counts. Findings below it are kept in reports, but go to no sink and fail no
// test. The default is DefaultLevel. The last one wins.
func WithLevel(l finding.Level) Option {
	return optionFunc(func(c *config) error {
		if l < finding.Suspect || l > finding.Proven {
			return fmt.Errorf("detector: %v is no level (want Suspect, Likely or Proven)", l)
		}
		c.level = l
		return nil
	})
}

// WithRules leaves only the named rules on. The default is all of them. The last one wins. An unknown name is an error.
func WithRules(names ...string) Option {
	return optionFunc(func(c *config) error {
		rules, err := analysis.RulesNamed(names)
		c.Rules = rules
		return err
	})
}

// WithoutRules turns the named rules off. It adds up when repeated. An unknown name is an error.
func WithoutRules(names ...string) Option {
	return optionFunc(func(c *config) error {
		off, err := analysis.RulesNamed(names)
		c.Rules = slices.DeleteFunc(slices.Clone(c.Rules), func(r *analysis.Rule) bool { return slices.Contains(off, r) })
		return err
	})
}

// WithException sets findings aside. It adds up when repeated. An exception without a reason, or one that would fit
// everything, is an error.
func WithException(e finding.Exception) Option {
	return optionFunc(func(c *config) error {
		switch _, known := analysis.RuleNamed(e.Rule); {
		case strings.TrimSpace(e.Reason) == "":
			return errors.New("detector: an exception without a Reason: say why the finding is fine")
		case e.Rule != "" && !known:
			return fmt.Errorf("detector: an exception for the unknown rule %q (rules: %s)", e.Rule, strings.Join(analysis.RuleNames(), ", "))
		case e.Function == "" && e.Table == "" && e.Fingerprint == "":
			return errors.New("detector: an exception for everything: name a Function, a Table or a Fingerprint (WithoutRules turns a rule off)")
		case e.Fingerprint != "" && (len(e.Fingerprint) < 8 || strings.Trim(e.Fingerprint, "0123456789abcdef") != ""):
			return fmt.Errorf("detector: an exception for the fingerprint %q: give 8 digits or more of one, as reports have it", e.Fingerprint)
		case e.Max < 0:
			return fmt.Errorf("detector: an exception for up to %d statements", e.Max)
		}
		c.Exceptions = append(c.Exceptions, e)
		return nil
	})
}

// WithSink adds a sink. Every sink gets every finding that counts.
func WithSink(s Sink) Option {
	return optionFunc(func(c *config) error { c.sinks = append(c.sinks, s); return nil })
}

// WithSource sets what answers questions about the user's source. Without one a finding has no loop, and what only the
// source could prove stays likely. The last one wins.
func WithSource(s analysis.Source) Option {
	return optionFunc(func(c *config) error { c.Source = s; return nil })
}

// WithoutProvenance keeps the detector from looking into the rows of results, for a service in which every nanosecond of a
// row counts. n-plus-one is likely at most then, and duplicate-query, which compares results, finds nothing.
func WithoutProvenance() Option {
	return optionFunc(func(c *config) error { c.blind = true; return nil })
}
