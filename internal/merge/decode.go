package merge

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// A decoder reads documents and runs token by token, so that only one finding at a time is in memory.
type decoder struct {
	name      string
	json      *json.Decoder
	to        handler
	documents int    // documents and runs read so far
	inRun     bool   // the objects that are being read are messages of a run
	part      string // what is being read, for errors; "" between the parts of a document
	truncated bool   // the input ended within a value
}

// A handler receives what a decoder reads. Positions are offsets in the decoder's input.
type handler interface {
	document() // a document begins
	tool(report.Tool)
	finding(f *finding.Finding, from, to int64)
	profile(finding.Profile)
	testRuns([]finding.TestRun)
	deferred([]finding.Deferred)
	message(m *Message, from, to int64) error
}

func newDecoder(r io.Reader, name string, to handler) *decoder {
	return &decoder{name: name, json: json.NewDecoder(r), to: to}
}

// all reads the whole input. A truncated run is not an error: the handler received what there is of it, and no end.
func (d *decoder) all() error {
	for {
		more, err := d.object()
		switch {
		case d.truncated && d.inRun:
			return nil
		case err != nil:
			return err
		case !more && d.documents == 0:
			return fmt.Errorf("merge: %q is empty: the run that should have written it did not finish, so run it again", d.name)
		case !more:
			return nil
		}
	}
}

// object reads the next document or message; more is false at the end of the input.
func (d *decoder) object() (more bool, err error) {
	d.part = ""
	token, err := d.json.Token()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, d.jsonError(err)
	}
	if token != json.Delim('{') && d.inRun {
		return false, fmt.Errorf("merge: %q is damaged after byte %d: a line of a run is a JSON object: run the tests again", d.name, d.json.InputOffset())
	}
	if token != json.Delim('{') {
		return false, d.notAReport("it holds no JSON object")
	}
	hasSchema, isMessage := false, false
	for d.json.More() {
		if err := d.member(&hasSchema, &isMessage); err != nil {
			return false, err
		}
	}
	if _, err := d.json.Token(); err != nil { // the closing brace
		return false, d.jsonError(err)
	}
	switch {
	case isMessage:
		return true, nil
	case d.inRun && !hasSchema: // a message of a later version
		return true, d.to.message(&Message{}, 0, 0)
	case !hasSchema:
		return false, d.notAReport(`it has no "schema"`)
	}
	d.documents++
	return true, nil
}

// member reads one member of an object. It sets hasSchema after the schema of a document, which may come last, as where a
// tool sorts the keys, and isMessage after a member of a message.
func (d *decoder) member(hasSchema, isMessage *bool) error {
	token, err := d.json.Token()
	if err != nil {
		return d.jsonError(err)
	}
	key, _ := token.(string)
	d.part = strconv.Quote(key)
	if is, err := d.message(key); is {
		*isMessage = true
		return err
	}
	switch key {
	case "schema":
		*hasSchema = true
		d.inRun = false // a document after a truncated run
		d.to.document()
		return readValue(d, func(schema string) error { return d.checkSchema(schema, report.SchemaVersion) })
	case "tool":
		return readValue(d, func(t report.Tool) error { d.to.tool(t); return nil })
	case "findings":
		return d.findings()
	case "profile":
		return readValue(d, func(p finding.Profile) error { d.to.profile(p); return nil })
	case "runs":
		return readValue(d, func(runs []finding.TestRun) error { d.to.testRuns(runs); return nil })
	case "deferred":
		return readValue(d, func(all []finding.Deferred) error { d.to.deferred(all); return nil })
	}
	return readValue(d, func(json.RawMessage) error { return nil })
}

// readValue decodes the next value and calls fn with it.
func readValue[T any](d *decoder, fn func(T) error) error {
	var value T
	if err := d.value(&value); err != nil {
		return err
	}
	return fn(value)
}

func (d *decoder) value(into any) error {
	if err := d.json.Decode(into); err != nil {
		return d.jsonError(err)
	}
	return nil
}

func (d *decoder) findings() error {
	token, err := d.json.Token()
	if err != nil {
		return d.jsonError(err)
	}
	if token == nil { // null: other writers need not write []
		return nil
	}
	if token != json.Delim('[') {
		return d.notAReport(`its "findings" are no array`)
	}
	for n := 1; d.json.More(); n++ {
		d.part = "finding " + strconv.Itoa(n)
		from := d.json.InputOffset()
		var f finding.Finding
		if err := d.value(&f); err != nil {
			return err
		}
		if err := d.checkFinding(&f); err != nil {
			return err
		}
		d.to.finding(&f, from, d.json.InputOffset())
	}
	if _, err := d.json.Token(); err != nil { // the closing bracket
		return d.jsonError(err)
	}
	return nil
}

// message reads the member key of a run's message; is reports whether it is one.
func (d *decoder) message(key string) (is bool, err error) {
	var m Message
	var into any
	switch key {
	case "start":
		into = &m.Start
	case "begun":
		into = &m.Begun
	case "finding":
		into = &m.Finding
	case "scope":
		into = &m.Scope
	case "end":
		into = &m.End
	default:
		return false, nil
	}
	if !d.inRun && key != "start" {
		return false, nil // an unknown member of a document
	}
	from := d.json.InputOffset()
	if err := d.value(into); err != nil {
		return true, err
	}
	switch {
	case m.Start != nil:
		if err := d.checkSchema(m.Start.Schema, RunSchemaVersion); err != nil {
			return true, err
		}
		d.inRun = true
		d.documents++
	case m.Finding != nil:
		if err := d.checkFinding(m.Finding); err != nil {
			return true, err
		}
	}
	if err := d.to.message(&m, from, d.json.InputOffset()); err != nil {
		return true, fmt.Errorf("merge: %q is damaged in %s: %w: run the tests again", d.name, d.part, err)
	}
	if m.End != nil {
		d.inRun = false
	}
	return true, nil
}

func (d *decoder) checkFinding(f *finding.Finding) error {
	if f.Rule == "" || f.Level == 0 {
		return fmt.Errorf("merge: %q is no report in %s, before byte %d: it has no rule or no level: write it again",
			d.name, d.part, d.json.InputOffset())
	}
	return nil
}

// checkSchema returns nil for the version that this package reads.
func (d *decoder) checkSchema(schema, want string) error {
	prefix := strings.TrimRight(want, "0123456789")
	version, err := strconv.Atoi(strings.TrimPrefix(schema, prefix))
	switch {
	case !strings.HasPrefix(schema, prefix) || err != nil || version < 1:
		return d.notAReport(fmt.Sprintf("its schema is %q", schema))
	case schema != want:
		return fmt.Errorf("merge: %q has schema %q and this nplusgone reads %q: update nplusgone", d.name, schema, want)
	}
	return nil
}

// notAReport is the error for JSON of another kind.
func (d *decoder) notAReport(why string) error {
	return fmt.Errorf("merge: %q is JSON but not an nplusgone report (%s): give a file written in the json format", d.name, why)
}

// unexpectedEnd is the message of encoding/json for truncated text; from Go 1.27 on it is a SyntaxError.
const unexpectedEnd = "unexpected end of JSON input"

// jsonError returns an error of encoding/json as an error about the file. The position is the end of the last value that
// was read as a whole, because the decoder has no better one.
func (d *decoder) jsonError(err error) error {
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	part := d.part
	if part == "" {
		part = "a document"
	}
	at := fmt.Sprintf("in %s, after byte %d", part, d.json.InputOffset())
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.As(err, &syntax) && syntax.Error() == unexpectedEnd:
		d.truncated = true
		return fmt.Errorf("merge: %q ends %s: the run that wrote it did not finish, so run it again", d.name, at)
	case errors.As(err, &syntax) && d.documents == 0 && d.part == "":
		return fmt.Errorf("merge: %q is not JSON (after byte %d, %w): give a file written in the json format", d.name, d.json.InputOffset(), err)
	case errors.As(err, &syntax):
		return fmt.Errorf("merge: %q is damaged %s (%w): write it again", d.name, at, err)
	case errors.As(err, &mismatch):
		what := "it" // the part itself
		if mismatch.Field != "" {
			what = strconv.Quote(mismatch.Field)
		}
		return fmt.Errorf("merge: %q is no report %s: %s holds %s: write it again", d.name, at, what, article(mismatch.Value))
	}
	return fmt.Errorf("merge: reading %q %s: %w", d.name, at, err)
}

// article puts encoding/json's word for a kind of value into a sentence.
func article(kind string) string {
	word, _, _ := strings.Cut(kind, " ") // as in "number -1.5"
	switch word {
	case "array", "object":
		return "an " + word
	case "bool":
		return "true or false"
	}
	return "a " + word
}
