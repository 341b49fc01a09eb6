package logsink_test

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

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/logsink"
	"github.com/nplusgone/nplusgone/internal/samples"
)

// jsonLogger returns a logger and the records that it has written since the last call.
func jsonLogger(level slog.Leveler) (*slog.Logger, func(t *testing.T) []map[string]any) {
	var out bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{AddSource: true, Level: level}))
	return logger, func(t *testing.T) (records []map[string]any) {
		t.Helper()
		for dec := json.NewDecoder(&out); ; {
			var r map[string]any
			if err := dec.Decode(&r); err == io.EOF {
				return records
			} else if err != nil {
				t.Fatal(err)
			}
			delete(r, "time")
			delete(r, "source") // null before Go 1.25, absent since
			records = append(records, r)
		}
	}
}

// Proves what a record has, and that a handler that adds the source position finds none.
func TestRecord(t *testing.T) {
	logger, records := jsonLogger(nil)
	logsink.Slog(logger).Finding(t.Context(), samples.LazyComments())
	f := samples.LazyComments()
	want := []map[string]any{{"level": "WARN", "msg": "n-plus-one: " + f.Message, "finding": map[string]any{
		"rule": "n-plus-one", "level": "proven", "identity": "4c1f0a9b7d2e6538", "count": 50.0, "milliseconds": 12.437, "saved": 49.0,
		"scope": "GET /posts", "file": "store/posts.go", "line": 42.0, "function": "store.(*Store).PostsWithComments", "calls": "store/posts.go:43 -> store/comments.go:18",
		"statement": "SELECT id, body FROM comments WHERE post_id = ? ORDER BY id",
		"parent":    "SELECT id, title, author_id FROM posts ORDER BY created_at DESC LIMIT ?",
		"evidence":  f.Evidence[0].Text,
		"fix":       f.Fix.Text,
	}}}
	if diff := cmp.Diff(want, records(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Proves what is different for a roll-up, for a note, and for a finding with next to nothing.
func TestRecordsOfOtherFindings(t *testing.T) {
	logger, records := jsonLogger(slog.LevelInfo)
	sink := logsink.Slog(logger)
	for _, f := range []finding.Finding{samples.ImportRows(), samples.LoopInTest(), {Rule: "r\x1b", Count: 1}} {
		sink.Finding(t.Context(), f)
	}
	got := records(t)
	if len(got) != 3 {
		t.Fatalf("got %d records, want 3", len(got))
	}
	fields := func(i int) map[string]any { return got[i]["finding"].(map[string]any) }
	if rollUp := fields(0); rollUp["statements"] != 3.0 || len([]rune(rollUp["statement"].(string))) > 243 {
		t.Errorf("a roll-up: %v", rollUp)
	}
	if got[1]["level"] != "INFO" || fields(1)["note"] != samples.LoopInTest().Note {
		t.Errorf("a note: %v", got[1])
	}
	want := map[string]any{"level": "WARN", "msg": `r\x1b`, "finding": map[string]any{"rule": `r\x1b`, "level": "Level(0)", "count": 1.0, "milliseconds": 0.0}}
	if diff := cmp.Diff(want, got[2]); diff != "" {
		t.Errorf("a bare finding (-want +got):\n%s", diff)
	}
}

// Proves that a finding is logged once for its identity, by many goroutines at once, whatever its scope and count; and
// that findings without an identity are distinguished by their position.
func TestAFindingIsLoggedOnce(t *testing.T) {
	logger, records := jsonLogger(nil)
	sink := logsink.Slog(logger)
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
	if got := len(records(t)); got != 25 {
		t.Errorf("got %d records, want 25", got)
	}
}

// Proves that a sink remembers a bounded number of findings, and forgets the oldest first.
func TestTheOldestIsForgotten(t *testing.T) {
	logger, records := jsonLogger(nil)
	sink := logsink.Slog(logger)
	for i := range 10_001 {
		sink.Finding(t.Context(), finding.Finding{Identity: fmt.Sprint(i)})
	}
	records(t)
	for _, test := range []struct {
		identity string
		want     int
	}{{"10000", 0}, {"1", 0}, {"0", 1}, {"1", 1}, {"2", 1}, {"10000", 0}} {
		sink.Finding(t.Context(), finding.Finding{Identity: test.identity})
		if got := len(records(t)); got != test.want {
			t.Errorf("identity %s: %d records, want %d", test.identity, got, test.want)
		}
	}
}

// Proves that a finding that the logger's level suppresses is logged once the level allows it.
func TestASuppressedFindingIsNotRemembered(t *testing.T) {
	var level slog.LevelVar
	level.Set(slog.LevelError)
	logger, records := jsonLogger(&level)
	sink := logsink.Slog(logger)
	sink.Finding(t.Context(), samples.LazyComments())
	before := len(records(t))
	level.Set(slog.LevelWarn)
	sink.Finding(t.Context(), samples.LazyComments())
	if after := len(records(t)); before != 0 || after != 1 {
		t.Errorf("%d records before and %d after, want 0 and 1", before, after)
	}
}

// Proves that a sink without a logger uses the one that is the default when a finding comes.
func TestTheDefaultLogger(t *testing.T) {
	sink := logsink.Slog(nil)
	var out bytes.Buffer
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.NewTextHandler(&out, nil)))
	sink.Finding(t.Context(), samples.LazyComments())
	if !strings.Contains(out.String(), "finding.rule=n-plus-one") {
		t.Errorf("got %q", out.String())
	}
}

// brokenHandler panics when it logs, and counts how often.
type brokenHandler struct {
	slog.Handler
	calls *int
}

func (b brokenHandler) Enabled(context.Context, slog.Level) bool { return true }

func (b brokenHandler) Handle(context.Context, slog.Record) error {
	*b.calls++
	panic("log\x1b after test")
}

// Proves that the panic of a logger does not reach the program, that the logger is not called again, and that the panic is
// printed once, escaped.
func TestALoggerThatPanics(t *testing.T) {
	calls := 0
	sink := logsink.Slog(slog.New(brokenHandler{calls: &calls}))
	printed := stderr(t, func() {
		for i := range 3 {
			sink.Finding(t.Context(), finding.Finding{Identity: fmt.Sprint(i)})
		}
	})
	if calls != 1 {
		t.Errorf("the logger was called %d times, want once", calls)
	}
	if want := "nplusgone: the logger panicked; findings are no longer logged: log\\x1b after test\n"; printed != want {
		t.Errorf("printed %q, want %q", printed, want)
	}
	var none *logsink.Sink
	none.Finding(t.Context(), samples.LazyComments())
	new(logsink.Sink).Finding(t.Context(), samples.LazyComments())
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
	printed, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(printed)
}

// BenchmarkSink measures a finding that was logged before, the usual case in a service, and one that is new.
func BenchmarkSink(b *testing.B) {
	sink := logsink.Slog(slog.New(slog.NewJSONHandler(io.Discard, nil)))
	f := samples.LazyComments()
	b.Run("logged", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sink.Finding(b.Context(), f)
		}
	})
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		n := time.Now().UnixNano()
		for b.Loop() {
			n++
			f.Identity = fmt.Sprint(n)
			sink.Finding(b.Context(), f)
		}
	})
}
