package detector

import (
	"context"

	"github.com/nplusgone/nplusgone/finding"
)

// A Sink receives findings as scopes end. It is called on the goroutine that ends the scope, and must be safe for concurrent
// use. It may end or begin scopes.
type Sink interface {
	Finding(ctx context.Context, f finding.Finding)
}

// A SinkFunc is a function that is a Sink.
type SinkFunc func(ctx context.Context, f finding.Finding)

// Finding calls fn.
func (fn SinkFunc) Finding(ctx context.Context, f finding.Finding) { fn(ctx, f) }

// WithSink adds a sink. Each sink receives each finding that gates at the detector's level.
func WithSink(s Sink) Option {
	return optionFunc(func(c *config) error { c.sinks = append(c.sinks, s); return nil })
}

// notify passes findings to the listener of the process, and those that gate to the sinks.
func notify(ctx context.Context, cfg *config, findings []finding.Finding) {
	listener := processListener()
	for _, f := range findings {
		if listener != nil {
			listener(ctx, f)
		}
		if !f.Gates(cfg.level) {
			continue
		}
		for _, sink := range cfg.sinks {
			sink.Finding(ctx, f)
		}
	}
}
