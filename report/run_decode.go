package report

import (
	"fmt"
	"strconv"
	"strings"
)

// message reads the member key of a run's message; is says whether it is one.
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
		return false, nil // a member of a document that this version does not know
	}
	from := d.json.InputOffset()
	if err := d.value(into); err != nil {
		return true, err
	}
	switch {
	case m.Start != nil:
		if err := d.checkRunSchema(m.Start.Schema); err != nil {
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
		return true, fmt.Errorf("report: %q is damaged in %s: %w: run the tests again", d.name, d.at, err)
	}
	if m.End != nil {
		d.inRun = false
	}
	return true, nil
}

// checkRunSchema answers nil for the versions of runs that this package reads.
func (d *decoder) checkRunSchema(schema string) error {
	version, err := strconv.Atoi(strings.TrimPrefix(schema, runSchemaPrefix))
	switch {
	case !strings.HasPrefix(schema, runSchemaPrefix) || err != nil || version < 1:
		return d.notOurs(fmt.Sprintf("its schema is %q", schema))
	case schema != RunSchemaVersion:
		return fmt.Errorf("report: %q has schema %q and this nplusgone reads %q: update nplusgone", d.name, schema, RunSchemaVersion)
	}
	return nil
}
