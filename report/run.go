package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
)

// RunSchemaVersion names the form of a kept run: a JSON object a line, each with one field.
const RunSchemaVersion = runSchemaPrefix + "1"

const runSchemaPrefix = "nplusgone.run/v"

// A Message is one line of a kept run. One of its fields is set.
type Message struct {
	Start   *Start                `json:"start,omitempty"` // the first message
	Begun   string                `json:"begun,omitempty"` // a test that is being checked from now on
	Finding *finding.Finding      `json:"finding,omitempty"`
	Scope   *finding.ScopeProfile `json:"scope,omitempty"` // a scope that has ended, after its findings
	End     *End                  `json:"end,omitempty"`   // the last message: without it the run broke off
}

// A Start says whose run it is.
type Start struct {
	Schema   string `json:"schema"` // RunSchemaVersion
	Tool     Tool   `json:"tool,omitzero"`
	ID       string `json:"id"`                 // another one for every run: a run that is read twice counts once
	Package  string `json:"package"`            // import path of the package that is tested
	Main     bool   `json:"main,omitempty"`     // the package has a TestMain that ends the run; without one nothing does
	Filtered bool   `json:"filtered,omitempty"` // only some of the package's tests were asked for
	Helper   bool   `json:"helper,omitempty"`   // a process that a test has started: it may end when it likes
}

// An End says that a run is whole.
type End struct {
	Messages int `json:"messages"`           // how many came before this one
	Unscoped int `json:"unscoped,omitempty"` // statements that belonged to no scope

	// Untyped says why the types of some source could not be read: rules about what becomes of rows were silent there.
	Untyped string `json:"untyped,omitempty"`

	// Faults says what was not checked because nplusgone itself panicked.
	Faults []string `json:"faults,omitempty"`
}

// A RunWriter writes a kept run, message by message, each in one call of Write: whatever ends the process, what was
// written before can be read. It may be used concurrently, and remembers which findings it has written: one of a known
// identity is written again only when it says more or counts more. Its zero value cannot be used.
type RunWriter struct {
	mu       sync.Mutex
	w        io.Writer
	messages int
	best     map[string]finding.Finding // without their bodies
	err      error                      // the first; nothing is written after it
}

// NewRunWriter begins a run. Schema is filled in.
func NewRunWriter(w io.Writer, start Start) *RunWriter {
	r := &RunWriter{w: w, best: make(map[string]finding.Finding)}
	start.Schema = RunSchemaVersion
	r.write(Message{Start: &start})
	return r
}

// Begun says that a test is being checked, so that a run that breaks off tells where.
func (r *RunWriter) Begun(test string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.write(Message{Begun: test})
}

// Scope writes what a scope ran and what was found in it. It is a detector.Recorder.
func (r *RunWriter) Scope(ran finding.ScopeProfile, findings []finding.Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range findings {
		r.finding(&findings[i])
	}
	settled := settleProfile(finding.Profile{Scopes: []finding.ScopeProfile{ran}})
	r.write(Message{Scope: &settled.Scopes[0]})
}

func (r *RunWriter) finding(f *finding.Finding) {
	had, ok := r.best[f.Identity]
	if ok && f.Count <= had.Count && f.Level <= had.Level && (f.Note != "" || had.Note == "") {
		return
	}
	r.best[f.Identity] = finding.Finding{Count: f.Count, Level: f.Level, Note: f.Note}
	settled := settleFinding(*f)
	r.write(Message{Finding: &settled})
}

// End ends the run with what end says of it; the number of messages is filled in. It returns the first error of writing
// the run. What comes later is not written.
func (r *RunWriter) End(end End) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	end.Messages = r.messages
	r.write(Message{End: &end})
	if r.err == nil {
		r.err = errRunOver
		return nil
	}
	return r.err
}

var errRunOver = errors.New("report: the run is over")

func (r *RunWriter) write(m Message) {
	if r.err != nil {
		return
	}
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(m); err != nil {
		r.err = fmt.Errorf("report: encoding a run: %w", err)
		return
	}
	if _, err := r.w.Write(line.Bytes()); err != nil {
		r.err = fmt.Errorf("report: writing a run: %w", err)
		return
	}
	r.messages++
}
