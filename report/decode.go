package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// A decoder reads documents and runs token by token, so that only one finding at a time is decoded.
type decoder struct {
	name      string
	json      *json.Decoder
	to        intake
	documents int    // read so far
	inRun     bool   // the objects that are being read are messages of a run
	at        string // what is being read, for errors
	cut       bool   // the input ended in the middle
}

// An intake is what a decoder hands on as it reads. Positions are those of the decoder's input.
type intake interface {
	setTool(Tool)
	finding(f *finding.Finding, from, to int64)
	profile(finding.Profile)
	runs([]Run)
	candidates([]analysis.Candidate)
	message(m *Message, from, to int64) error
}

func newDecoder(r io.Reader, name string, to intake) *decoder {
	return &decoder{name: name, json: json.NewDecoder(r), to: to}
}

// all reads everything there is. A run that breaks off is no error: what there is of it counts, and whoever takes it in
// sees that it has no end.
func (d *decoder) all() error {
	for {
		more, err := d.document()
		switch {
		case d.cut && d.inRun:
			return nil
		case err != nil:
			return err
		case !more:
			return d.some()
		}
	}
}

// some answers an error when there was nothing to read.
func (d *decoder) some() error {
	if d.documents == 0 {
		return fmt.Errorf("report: %q is empty: the run that should have written it did not finish, so run it again", d.name)
	}
	return nil
}

// document reads the next document; more is false at the end of the input.
func (d *decoder) document() (more bool, err error) {
	d.at = ""
	token, err := d.json.Token()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, d.failed(err)
	}
	if token != json.Delim('{') && d.inRun {
		return false, fmt.Errorf("report: %q is damaged after byte %d: a line of a run is a JSON object: run the tests again", d.name, d.json.InputOffset())
	}
	if token != json.Delim('{') {
		return false, d.notOurs("it holds no JSON object")
	}
	known, message := false, false
	for d.json.More() {
		if err := d.member(&known, &message); err != nil {
			return false, err
		}
	}
	if _, err := d.json.Token(); err != nil { // the closing brace
		return false, d.failed(err)
	}
	if d.inRun && !known && !message { // of a later version: it counts as a message
		return true, d.to.message(&Message{}, 0, 0)
	}
	if message {
		return true, nil
	}
	if !known {
		return false, d.notOurs(`it has no "schema"`)
	}
	d.documents++
	return true, nil
}

// member reads one member of a document; known is set once the schema is known to be ours. The schema may come last: a
// tool that sorts keys puts it there. message is set for a member of a run.
func (d *decoder) member(known, message *bool) error {
	token, err := d.json.Token()
	if err != nil {
		return d.failed(err)
	}
	key, _ := token.(string)
	d.at = strconv.Quote(key)
	if is, err := d.message(key); is {
		*message = true
		return err
	}
	switch key {
	case "schema":
		var schema string
		if err := d.value(&schema); err != nil {
			return err
		}
		*known = true
		return d.checkSchema(schema)
	case "tool":
		var tool Tool
		if err := d.value(&tool); err != nil {
			return err
		}
		d.to.setTool(tool)
	case "findings":
		return d.findings()
	case "profile":
		var profile finding.Profile
		if err := d.value(&profile); err != nil {
			return err
		}
		d.to.profile(profile)
	case "runs":
		var runs []Run
		if err := d.value(&runs); err != nil {
			return err
		}
		d.to.runs(runs)
	case "candidates":
		var candidates []analysis.Candidate
		if err := d.value(&candidates); err != nil {
			return err
		}
		d.to.candidates(candidates)
	default:
		var unknown json.RawMessage
		return d.value(&unknown)
	}
	return nil
}

func (d *decoder) findings() error {
	token, err := d.json.Token()
	if err != nil {
		return d.failed(err)
	}
	if token == nil { // null: other writers may not keep our promise of []
		return nil
	}
	if token != json.Delim('[') {
		return d.notOurs(`its "findings" are no array`)
	}
	for n := 1; d.json.More(); n++ {
		d.at = "finding " + strconv.Itoa(n)
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
		return d.failed(err)
	}
	return nil
}

func (d *decoder) value(into any) error {
	if err := d.json.Decode(into); err != nil {
		return d.failed(err)
	}
	return nil
}

func (d *decoder) checkFinding(f *finding.Finding) error {
	if f.Rule == "" || f.Level == 0 {
		return fmt.Errorf("report: %q is no report in %s, before byte %d: it has no rule or no level: write it again",
			d.name, d.at, d.json.InputOffset())
	}
	return nil
}

// checkSchema answers nil for the versions that this package reads.
func (d *decoder) checkSchema(schema string) error {
	version, err := strconv.Atoi(strings.TrimPrefix(schema, schemaPrefix))
	switch {
	case !strings.HasPrefix(schema, schemaPrefix) || err != nil || version < 1:
		return d.notOurs(fmt.Sprintf("its schema is %q", schema))
	case schema != SchemaVersion:
		return fmt.Errorf("report: %q has schema %q and this nplusgone reads %q: update nplusgone", d.name, schema, SchemaVersion)
	}
	return nil
}
