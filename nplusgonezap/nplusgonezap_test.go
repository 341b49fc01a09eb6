package nplusgonezap

import (
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/buffer"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/logsink"
	"github.com/nplusgone/nplusgone/internal/samples"
)

// fieldMap collects the fields that every logger writes.
type fieldMap map[string]any

func (m fieldMap) Text(key, value string)          { m[key] = value }
func (m fieldMap) Int(key string, value int)       { m[key] = float64(value) }
func (m fieldMap) Float(key string, value float64) { m[key] = value }

// Proves that a record has the fields that every logger writes, and neither caller nor stack although the logger adds them.
func TestRecord(t *testing.T) {
	core, logs := observer.New(zapcore.InfoLevel)
	sink := newSink(zap.New(core, zap.AddCaller(), zap.AddStacktrace(zapcore.WarnLevel)))
	for _, f := range []finding.Finding{samples.LazyComments(), samples.LoopInTest()} {
		sink.Finding(t.Context(), f)
		records := logs.TakeAll()
		if len(records) != 1 {
			t.Fatalf("got %d records, want 1", len(records))
		}
		got := records[0]
		if got.Level != level(f.Note != "") || got.Message != logsink.Message(&f) || got.Caller.Defined || got.Stack != "" {
			t.Errorf("got %+v", got.Entry)
		}
		want := fieldMap{}
		logsink.Fields(&f, want)
		if diff := cmp.Diff(map[string]any{"finding": map[string]any(want)}, asJSON(t, got.ContextMap())); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func asJSON(t *testing.T, v any) (out map[string]any) {
	t.Helper()
	encoded, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(encoded, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Proves that a finding that the logger's level suppresses is logged once the level allows it, and then once only.
func TestLevels(t *testing.T) {
	level := zap.NewAtomicLevelAt(zapcore.ErrorLevel)
	core, logs := observer.New(level)
	sink := newSink(zap.New(core))
	sink.Finding(t.Context(), samples.LazyComments())
	before := logs.Len()
	level.SetLevel(zapcore.WarnLevel)
	for range 3 {
		sink.Finding(t.Context(), samples.LazyComments())
	}
	if before != 0 || logs.Len() != 1 {
		t.Errorf("%d records before and %d after, want 0 and 1", before, logs.Len())
	}
}

// Proves that a sink without a logger uses the one that is global when a finding comes.
func TestTheGlobalLogger(t *testing.T) {
	core, logs := observer.New(zapcore.InfoLevel)
	sink := newSink(nil)
	defer zap.ReplaceGlobals(zap.New(core, zap.AddCaller()))()
	sink.Finding(t.Context(), samples.LazyComments())
	if logs.Len() != 1 || logs.All()[0].Caller.Defined {
		t.Errorf("got %+v", logs.All())
	}
}

// brokenEncoder panics when it encodes, and counts how often.
type brokenEncoder struct {
	zapcore.Encoder
	calls *int
}

func (b brokenEncoder) EncodeEntry(zapcore.Entry, []zapcore.Field) (*buffer.Buffer, error) {
	*b.calls++
	panic("log after test")
}

// Proves that the panic of a logger does not reach the program, and that the logger is not called again.
func TestALoggerThatPanics(t *testing.T) {
	calls := 0
	sink := newSink(zap.New(zapcore.NewCore(brokenEncoder{calls: &calls}, zapcore.AddSync(io.Discard), zapcore.InfoLevel)))
	for i := range 3 {
		sink.Finding(t.Context(), finding.Finding{Identity: fmt.Sprint(i)})
	}
	if calls != 1 {
		t.Errorf("the logger was called %d times, want once", calls)
	}
}
