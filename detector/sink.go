package detector

import (
	"context"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/fault"
)

// A Sink receives findings as scopes end. It is called on the goroutine that ends the scope, or on one of the detector's after
// EndLater, and must be safe for concurrent use. It may end or begin scopes. If it panics, the panic is printed, and the other sinks are called.
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
			call(ctx, sink, f)
		}
	}
}

// call calls a sink. A panic of it does not reach the application's request.
func call(ctx context.Context, sink Sink, f finding.Finding) {
	defer func() {
		if p := recover(); p != nil {
			fault.Callback("a sink", p)
		}
	}()
	sink.Finding(ctx, f)
}
