package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/buffer"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

// wantFields is what every logger has to say about lazyComments, as encoding/json has it.
func wantFields() map[string]any {
	return map[string]any{
		"rule": "n-plus-one", "level": "proven", "identity": "4c1f0a9b7d2e6538", "count": 50.0, "milliseconds": 12.437,
		"scope": "GET /posts", "file": "store/posts.go", "line": 42.0, "function": "store.(*Store).PostsWithComments",
		"statement": "SELECT id, body FROM comments WHERE post_id = ? ORDER BY id",
		"parent":    "SELECT id, title, author_id FROM posts ORDER BY created_at DESC LIMIT ?",
		"proof":     "50 of 50 arguments are id of the earlier result, in row order",
		"fix":       "Load all children with one statement: a JOIN, or WHERE key IN (…) with the keys of all rows, and match them in memory.",
	}
}

const wantMessage = "n-plus-one: 50 statements, one for each row, where 1 would do"

// Proves what a zap record holds, and that it has neither a caller nor a stack although the logger adds them.
func TestZapRecord(t *testing.T) {
	core, logs := observer.New(zapcore.InfoLevel)
	report.Zap(zap.New(core, zap.AddCaller(), zap.AddStacktrace(zapcore.WarnLevel))).Finding(t.Context(), samples.LazyComments())
	if logs.Len() != 1 {
		t.Fatalf("got %d records, want 1", logs.Len())
	}
	got := logs.All()[0]
	if got.Level != zapcore.WarnLevel || got.Message != wantMessage || got.Caller.Defined || got.Stack != "" {
		t.Errorf("got %+v", got.Entry)
	}
	if diff := cmp.Diff(map[string]any{"finding": wantFields()}, asJSON(t, got.ContextMap())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Proves that a slog record holds the same, and that a handler that adds the source finds none.
func TestSlogRecord(t *testing.T) {
	var out bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{AddSource: true}))
	report.Slog(logger).Finding(t.Context(), samples.LazyComments())
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	delete(got, "time")
	delete(got, "source") // null before Go 1.25, absent since
	want := map[string]any{"level": "WARN", "msg": wantMessage, "finding": wantFields()}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Proves what is different for a roll-up, for a note, and for a finding that says nearly nothing.
func TestRecordsOfOtherFindings(t *testing.T) {
	core, logs := observer.New(zapcore.InfoLevel)
	sink := report.Zap(zap.New(core))
	for _, f := range []finding.Finding{samples.ImportRows(), samples.LoopInTest(), {Rule: "r\x1b", Count: 1}} {
		sink.Finding(t.Context(), f)
	}
	records := logs.All()
	if len(records) != 3 {
		t.Fatalf("got %d records, want 3", len(records))
	}
	rollUp := fieldsOf(t, records[0])
	if rollUp["statements"] != 3.0 || len([]rune(rollUp["statement"].(string))) > 243 {
		t.Errorf("a roll-up: %v", rollUp)
	}
	note := fieldsOf(t, records[1])
	if records[1].Level != zapcore.InfoLevel || note["note"] != samples.LoopInTest().Note {
		t.Errorf("a note: %v %v", records[1].Level, note)
	}
	want := map[string]any{"rule": `r\x1b`, "level": "Level(0)", "count": 1.0, "milliseconds": 0.0}
	if diff := cmp.Diff(want, fieldsOf(t, records[2])); diff != "" {
		t.Errorf("a bare finding (-want +got):\n%s", diff)
	}
	if records[2].Message != `r\x1b: 1 statement` {
		t.Errorf("a bare finding: message %q", records[2].Message)
	}
}

func fieldsOf(t *testing.T, e observer.LoggedEntry) map[string]any {
	t.Helper()
	return asJSON(t, e.ContextMap())["finding"].(map[string]any)
}

func asJSON(t *testing.T, v any) map[string]any {
	t.Helper()
	encoded, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(encoded, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Proves that a finding is logged once for its identity, by many goroutines at once, whatever its scope and count; and
// that two findings without an identity are told apart by their place.
func TestSinkLogsAFindingOnce(t *testing.T) {
	core, logs := observer.New(zapcore.InfoLevel)
	sink := report.Zap(zap.New(core))
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range 200 {
				f := samples.LazyComments()
				f.Identity, f.Scope, f.Count = fmt.Sprint(i%20), fmt.Sprint(n), i
				sink.Finding(t.Context(), f)
				f.Identity, f.Loop = "", &finding.Position{File: "a.go", Line: i % 5}
				sink.Finding(t.Context(), f)
			}
		})
	}
	wg.Wait()
	if logs.Len() != 25 {
		t.Errorf("got %d records, want 25", logs.Len())
	}
}

// Proves that the memory of what was logged is bounded, and forgets the oldest first.
func TestSinkForgetsTheOldest(t *testing.T) {
	core, logs := observer.New(zapcore.InfoLevel)
	sink := report.Zap(zap.New(core))
	for i := range 10_001 {
		sink.Finding(t.Context(), finding.Finding{Identity: fmt.Sprint(i)})
	}
	logs.TakeAll()
	for _, test := range []struct {
		identity string
		want     int
	}{{"10000", 0}, {"1", 0}, {"0", 1}, {"1", 1}, {"2", 1}, {"10000", 0}} {
		sink.Finding(t.Context(), finding.Finding{Identity: test.identity})
		if got := len(logs.TakeAll()); got != test.want {
			t.Errorf("identity %s: %d records, want %d", test.identity, got, test.want)
		}
	}
}

// Proves that a finding that the logger's level holds back is logged once the level lets it through.
func TestSinkDoesNotRememberWhatWasNotLogged(t *testing.T) {
	level := zap.NewAtomicLevelAt(zapcore.ErrorLevel)
	core, logs := observer.New(level)
	var out bytes.Buffer
	var slogLevel slog.LevelVar
	slogLevel.Set(slog.LevelError)
	sinks := []*report.LogSink{report.Zap(zap.New(core)), report.Slog(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: &slogLevel})))}
	for range 2 {
		for _, sink := range sinks {
			sink.Finding(t.Context(), samples.LazyComments())
		}
		if logs.Len() != 0 && out.Len() != 0 {
			return
		}
		level.SetLevel(zapcore.WarnLevel)
		slogLevel.Set(slog.LevelWarn)
	}
	t.Errorf("zap logged %d records, slog %q", logs.Len(), out.String())
}

// Proves that without a logger of its own a sink uses the global one, the one of the moment.
func TestSinkUsesTheGlobalLogger(t *testing.T) {
	core, logs := observer.New(zapcore.InfoLevel)
	zapSink, slogSink := report.Zap(nil), report.Slog(nil)
	defer zap.ReplaceGlobals(zap.New(core))()
	var out bytes.Buffer
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.NewTextHandler(&out, nil)))
	zapSink.Finding(t.Context(), samples.LazyComments())
	slogSink.Finding(t.Context(), samples.LazyComments())
	if logs.Len() != 1 || !strings.Contains(out.String(), "finding.rule=n-plus-one") {
		t.Errorf("zap logged %d records, slog %q", logs.Len(), out.String())
	}
}

// The loggers below panic when they log, and count how often.

type brokenHandler struct {
	slog.Handler
	calls *int
}

func (b brokenHandler) Enabled(context.Context, slog.Level) bool { return true }

func (b brokenHandler) Handle(context.Context, slog.Record) error {
	*b.calls++
	panic("log after test")
}

type brokenEncoder struct {
	zapcore.Encoder
	calls *int
}

func (b brokenEncoder) EncodeEntry(zapcore.Entry, []zapcore.Field) (*buffer.Buffer, error) {
	*b.calls++
	panic("log after test")
}

// Proves that a logger that panics neither reaches the program nor is called again, and that this is said once.
func TestSinkSurvivesALoggerThatPanics(t *testing.T) {
	for name, sink := range map[string]func(calls *int) *report.LogSink{
		"slog": func(calls *int) *report.LogSink { return report.Slog(slog.New(brokenHandler{calls: calls})) },
		"zap": func(calls *int) *report.LogSink {
			return report.Zap(zap.New(zapcore.NewCore(brokenEncoder{calls: calls}, zapcore.AddSync(io.Discard), zapcore.InfoLevel)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			s := sink(&calls)
			said := stderr(t, func() {
				for i := range 3 {
					s.Finding(t.Context(), finding.Finding{Identity: fmt.Sprint(i)})
				}
			})
			if calls != 1 {
				t.Errorf("the logger was called %d times, want once", calls)
			}
			if want := "nplusgone: the logger for findings panicked, so no more findings are logged: log after test\n"; said != want {
				t.Errorf("said %q, want %q", said, want)
			}
		})
	}
	var none *report.LogSink
	none.Finding(t.Context(), samples.LazyComments())
	new(report.LogSink).Finding(t.Context(), samples.LazyComments())
}

func stderr(t *testing.T, during func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func(old *os.File) { os.Stderr = old }(os.Stderr)
	os.Stderr = w
	during()
	w.Close()
	said, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}

// BenchmarkSink measures a finding that was logged before, which is what a service meets most, and one that is new.
func BenchmarkSink(b *testing.B) {
	zapSink := func() *report.LogSink {
		core := zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()), zapcore.AddSync(io.Discard), zapcore.InfoLevel)
		return report.Zap(zap.New(core))
	}
	slogSink := func() *report.LogSink { return report.Slog(slog.New(slog.NewJSONHandler(io.Discard, nil))) }
	f := samples.LazyComments()
	for name, sink := range map[string]*report.LogSink{"zap": zapSink(), "slog": slogSink()} {
		b.Run(name+"/known", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink.Finding(b.Context(), f)
			}
		})
		b.Run(name+"/new", func(b *testing.B) {
			b.ReportAllocs()
			n := time.Now().UnixNano()
			for b.Loop() {
				n++
				f.Identity = fmt.Sprint(n)
				sink.Finding(b.Context(), f)
			}
		})
	}
}
