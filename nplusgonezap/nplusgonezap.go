// Package nplusgonezap logs findings with zap. It is a package of its own so that only programs that use it link zap:
//
//	watch := nplusgone.Middleware(nplusgonezap.WithZap(logger))
//
// Each finding is logged once, as a warning, or as information for a note. The message is the rule and what happened; the
// field "finding" is an object with the fields that nplusgone.WithSlog describes.
package nplusgonezap

import (
	"context"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/logsink"
)

// WithZap logs each finding once with l, or for nil with the logger that is zap's global one when a finding is logged.
// Records have neither caller nor stack trace, because both would be of this module. It adds to other loggers and sinks.
func WithZap(l *zap.Logger) nplusgone.Option { return nplusgone.WithSink(newSink(l)) }

func newSink(l *zap.Logger) *logsink.Sink {
	var z logger
	if l != nil {
		z.l = l.WithOptions(options...)
	}
	return logsink.New(z)
}

var options = []zap.Option{zap.WithCaller(false), zap.AddStacktrace(zapcore.FatalLevel + 1)}

type logger struct {
	l *zap.Logger // nil for the global one
}

// Enabled implements logsink.Logger.
func (z logger) Enabled(_ context.Context, note bool) bool {
	if z.l == nil {
		return zap.L().Core().Enabled(level(note))
	}
	return z.l.Core().Enabled(level(note))
}

// Log implements logsink.Logger.
func (z logger) Log(_ context.Context, f *finding.Finding) {
	l := z.l
	if l == nil {
		l = zap.L().WithOptions(options...)
	}
	if entry := l.Check(level(f.Note != ""), logsink.Message(f)); entry != nil { // nil when a sampling core drops it
		entry.Write(zap.Object(logsink.Group, fields{f}))
	}
}

func level(note bool) zapcore.Level {
	if note {
		return zapcore.InfoLevel
	}
	return zapcore.WarnLevel
}

// fields encodes a finding only when a core writes the record.
type fields struct{ finding *finding.Finding }

// MarshalLogObject implements zapcore.ObjectMarshaler.
func (z fields) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	logsink.Fields(z.finding, encoder{enc})
	return nil
}

type encoder struct{ zapcore.ObjectEncoder }

func (e encoder) Text(key, value string)          { e.AddString(key, value) }
func (e encoder) Int(key string, value int)       { e.AddInt(key, value) }
func (e encoder) Float(key string, value float64) { e.AddFloat64(key, value) }
