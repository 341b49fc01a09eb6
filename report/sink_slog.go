package report

import (
	"context"
	"log/slog"
	"time"

	"github.com/nplusgone/nplusgone/finding"
)

// Slog returns a sink that logs findings with l; LogSink says how. A nil l is slog's default logger at the time of each
// finding. A handler that adds the source adds none: it would be a line of the detector. The context of a finding is
// handed to the handler, and what the handler answers is not looked at, as with any logger.
func Slog(l *slog.Logger) *LogSink { return &LogSink{logger: &slogLogger{own: l}} }

type slogLogger struct {
	own *slog.Logger // nil for the default
}

func (s *slogLogger) handler() slog.Handler {
	if s.own != nil {
		return s.own.Handler()
	}
	return slog.Default().Handler()
}

func (s *slogLogger) enabled(ctx context.Context, note bool) bool {
	return s.handler().Enabled(ctx, slogLevel(note))
}

func (s *slogLogger) log(ctx context.Context, f *finding.Finding) {
	var fields slogWriter
	logFields(f, &fields)
	record := slog.NewRecord(time.Now(), slogLevel(f.Note != ""), logMessage(f), 0)
	record.AddAttrs(slog.Attr{Key: logGroup, Value: slog.GroupValue(fields...)})
	s.handler().Handle(ctx, record)
}

func slogLevel(note bool) slog.Level {
	if note {
		return slog.LevelInfo
	}
	return slog.LevelWarn
}

type slogWriter []slog.Attr

func (w *slogWriter) text(key, value string)          { *w = append(*w, slog.String(key, value)) }
func (w *slogWriter) integer(key string, value int)   { *w = append(*w, slog.Int(key, value)) }
func (w *slogWriter) float(key string, value float64) { *w = append(*w, slog.Float64(key, value)) }
