package logsink

import (
	"context"
	"log/slog"
	"time"

	"github.com/nplusgone/nplusgone/finding"
)

// Slog returns a Sink that logs with l, or for nil with the logger that is slog's default when a finding is logged. The
// handler receives the context of the finding's scope. Records have no source position, because it would be one of this
// module. Errors of the handler are ignored, as slog.Logger ignores them.
func Slog(l *slog.Logger) *Sink { return New(slogLogger{l}) }

type slogLogger struct {
	l *slog.Logger // nil for the default
}

func (s slogLogger) handler() slog.Handler {
	if s.l != nil {
		return s.l.Handler()
	}
	return slog.Default().Handler()
}

// Enabled implements Logger.
func (s slogLogger) Enabled(ctx context.Context, note bool) bool {
	return s.handler().Enabled(ctx, slogLevel(note))
}

// Log implements Logger.
func (s slogLogger) Log(ctx context.Context, f *finding.Finding) {
	var attrs slogFields
	Fields(f, &attrs)
	record := slog.NewRecord(time.Now(), slogLevel(f.Note != ""), Message(f), 0)
	record.AddAttrs(slog.Attr{Key: Group, Value: slog.GroupValue(attrs...)})
	s.handler().Handle(ctx, record)
}

func slogLevel(note bool) slog.Level {
	if note {
		return slog.LevelInfo
	}
	return slog.LevelWarn
}

type slogFields []slog.Attr

func (w *slogFields) Text(key, value string)          { *w = append(*w, slog.String(key, value)) }
func (w *slogFields) Int(key string, value int)       { *w = append(*w, slog.Int(key, value)) }
func (w *slogFields) Float(key string, value float64) { *w = append(*w, slog.Float64(key, value)) }
