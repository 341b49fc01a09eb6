package report

import (
	"context"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/nplusgone/nplusgone/finding"
)

// Zap returns a sink that logs findings with l; LogSink says how. A nil l is zap's global logger at the time of each
// finding. Records carry neither the caller nor a stack trace of the detector, which would say nothing about the finding.
func Zap(l *zap.Logger) *LogSink {
	s := &zapLogger{}
	if l != nil {
		s.own = l.WithOptions(ofFinding...)
	}
	return &LogSink{logger: s}
}

var ofFinding = []zap.Option{zap.WithCaller(false), zap.AddStacktrace(zapcore.FatalLevel + 1)}

type zapLogger struct {
	own *zap.Logger // nil for the global one
}

func (z *zapLogger) logger() *zap.Logger {
	if z.own != nil {
		return z.own
	}
	return zap.L().WithOptions(ofFinding...)
}

func (z *zapLogger) enabled(_ context.Context, note bool) bool {
	if z.own == nil {
		return zap.L().Core().Enabled(zapLevel(note))
	}
	return z.own.Core().Enabled(zapLevel(note))
}

func (z *zapLogger) log(_ context.Context, f *finding.Finding) {
	if entry := z.logger().Check(zapLevel(f.Note != ""), logMessage(f)); entry != nil { // nil: sampled
		entry.Write(zap.Object(logGroup, zapFields{f}))
	}
}

func zapLevel(note bool) zapcore.Level {
	if note {
		return zapcore.InfoLevel
	}
	return zapcore.WarnLevel
}

// zapFields is made into fields only by a core that writes the record.
type zapFields struct{ finding *finding.Finding }

// MarshalLogObject implements zapcore.ObjectMarshaler.
func (z zapFields) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	logFields(z.finding, zapWriter{enc})
	return nil
}

type zapWriter struct{ zapcore.ObjectEncoder }

func (w zapWriter) text(key, value string)          { w.AddString(key, value) }
func (w zapWriter) integer(key string, value int)   { w.AddInt(key, value) }
func (w zapWriter) float(key string, value float64) { w.AddFloat64(key, value) }
