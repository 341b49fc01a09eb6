package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
)

// A decoder reads documents token by token, so that only one finding at a time is decoded.
type decoder struct {
	name      string
	json      *json.Decoder
	merged    *merger
	documents int    // read so far
	at        string // what is being read, for errors
}

func newDecoder(r io.Reader, name string) *decoder {
	return &decoder{name: name, json: json.NewDecoder(r), merged: newMerger()}
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
	if token != json.Delim('{') {
		return false, d.notOurs("it holds no JSON object")
	}
	known := false
	for d.json.More() {
		if err := d.member(&known); err != nil {
			return false, err
		}
	}
	if _, err := d.json.Token(); err != nil { // the closing brace
		return false, d.failed(err)
	}
	if !known {
		return false, d.notOurs(`it has no "schema"`)
	}
	d.documents++
	return true, nil
}

// member reads one member of a document; known is set once the schema is known to be ours. The schema may come last: a
// tool that sorts keys puts it there.
func (d *decoder) member(known *bool) error {
	token, err := d.json.Token()
	if err != nil {
		return d.failed(err)
	}
	key, _ := token.(string)
	d.at = strconv.Quote(key)
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
		d.merged.setTool(tool)
	case "findings":
		return d.findings()
	case "profile":
		var profile detector.Profile
		if err := d.value(&profile); err != nil {
			return err
		}
		d.merged.profile.add(profile)
	case "candidates":
		var candidates []detector.Candidate
		if err := d.value(&candidates); err != nil {
			return err
		}
		d.merged.candidates = append(d.merged.candidates, candidates...)
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
		var f detector.Finding
		if err := d.value(&f); err != nil {
			return err
		}
		if f.Rule == "" || f.Level == 0 {
			return fmt.Errorf("report: %q is no report in %s, before byte %d: it has no rule or no level: write it again",
				d.name, d.at, d.json.InputOffset())
		}
		d.merged.finding(f)
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
