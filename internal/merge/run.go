package merge

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// RunSchemaVersion is the version of the form of a kept run: one JSON object per line, each with one field.
const RunSchemaVersion = "nplusgone.run/v1"

// A Message is one line of a kept run. One of its fields is set.
type Message struct {
	Start   *Start                `json:"start,omitempty"`   // the first message
	Begun   string                `json:"begun,omitempty"`   // name of a test whose check begins
	Finding *finding.Finding      `json:"finding,omitempty"` // with its loop and source lines, as far as they are known
	Scope   *finding.ScopeProfile `json:"scope,omitempty"`   // a scope that has ended; its findings come before it
	End     *End                  `json:"end,omitempty"`     // the last message; a run without it is incomplete
}

// A Start says which process recorded the run.
type Start struct {
	Schema   string      `json:"schema"` // RunSchemaVersion; NewRunWriter sets it
	Tool     report.Tool `json:"tool,omitzero"`
	ID       string      `json:"id"`                 // different for every run, so that a run that is read twice counts once
	Package  string      `json:"package"`            // import path of the package under test
	Main     bool        `json:"main,omitempty"`     // the package's TestMain ends the run; without one, nothing does
	Filtered bool        `json:"filtered,omitempty"` // only some of the package's tests were selected
	Helper   bool        `json:"helper,omitempty"`   // a process that a test started; its run need not end
	Program  bool        `json:"program,omitempty"`  // a program that "nplusgone run" ran; Package is its module
}

// An End says that the run is complete.
type End struct {
	Messages int    `json:"messages"`           // number of messages before this one
	Unscoped int    `json:"unscoped,omitempty"` // statements that belonged to no scope
	Untyped  string `json:"untyped,omitempty"`  // why rules about the use of rows did not run for some of the source

	// NotChecked says what of the process was not checked, and why, apart from what its scopes say.
	NotChecked []string `json:"notChecked,omitempty"`
}

// A RunWriter records a run. Each message is one call of Write, so that a process that ends at any time leaves whole
// messages. A finding whose identity was written before is written again only if it is better (finding.Better).
//
// It is safe for concurrent use. NewRunWriter makes one.
type RunWriter struct {
	mu       sync.Mutex
	w        io.Writer
	messages int
	written  finding.Set
	err      error // the first error; nothing is written after it
}

// NewRunWriter begins a run in w.
func NewRunWriter(w io.Writer, start Start) *RunWriter {
	r := &RunWriter{w: w}
	start.Schema = RunSchemaVersion
	r.write(Message{Start: &start})
	return r
}

// Begun records that the check of a test begins, so that an incomplete run names the tests that did not end.
func (r *RunWriter) Begun(test string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.write(Message{Begun: test})
}

// Scope records what a scope ran and what was found in it.
func (r *RunWriter) Scope(profile finding.ScopeProfile, findings []finding.Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range findings {
		r.finding(&findings[i])
	}
	normal := finding.NormalizeProfile(finding.Profile{Scopes: []finding.ScopeProfile{profile}})
	r.write(Message{Scope: &normal.Scopes[0]})
}

func (r *RunWriter) finding(f *finding.Finding) {
	if !r.written.Add(*f) {
		return
	}
	normal := finding.Normalize(*f)
	r.write(Message{Finding: &normal})
}

// End ends the run; Messages is set by End. It returns the first error that writing the run had. Later messages are
// ignored.
func (r *RunWriter) End(end End) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	end.Messages = r.messages
	r.write(Message{End: &end})
	if r.err == nil {
		r.err = errRunEnded
		return nil
	}
	return r.err
}

var errRunEnded = errors.New("merge: the run has ended")

func (r *RunWriter) write(m Message) {
	if r.err != nil {
		return
	}
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(m); err != nil {
		r.err = fmt.Errorf("merge: encoding a run: %w", err)
		return
	}
	if _, err := r.w.Write(line.Bytes()); err != nil {
		r.err = fmt.Errorf("merge: writing a run: %w", err)
		return
	}
	r.messages++
}
