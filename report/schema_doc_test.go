package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/merge"
	"github.com/nplusgone/nplusgone/report"
)

// Proves that the documentation has the properties of the schema, in the same order, and agrees on which are required.
func TestDocumentationMatchesTheSchema(t *testing.T) {
	if diff := cmp.Diff(schemaFields(t), documentedFields(t)); diff != "" {
		t.Errorf("docs/report-schema.md does not match report/report.schema.json (-schema +doc):\n%s", diff)
	}
}

// Proves that the schema has the fields of the Go types, in the same order.
func TestSchemaMatchesTheGoTypes(t *testing.T) {
	var want []string
	for _, def := range []struct {
		name  string
		value any
	}{
		{"report", report.Document{}},
		{"tool", report.Tool{}},
		{"finding", finding.Finding{}},
		{"position", finding.Position{}},
		{"parent", finding.Parent{}},
		{"statement", finding.StatementStat{}},
		{"evidence", finding.Evidence{}},
		{"mitigation", finding.Mitigation{}},
		{"fix", finding.Fix{}},
		{"snippetLine", finding.SnippetLine{}},
		{"profile", finding.Profile{}},
		{"scopeProfile", finding.ScopeProfile{}},
		{"rowUse", finding.RowUse{}},
		{"unscoped", finding.Unscoped{}},
		{"setAside", finding.SetAside{}},
		{"run", finding.TestRun{}},
		{"message", merge.Message{}},
		{"start", merge.Start{}},
		{"end", merge.End{}},
		{"deferred", finding.Deferred{}},
		{"call", finding.Call{}},
	} {
		typ := reflect.TypeOf(def.value)
		for i := range typ.NumField() {
			name, omit, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			want = append(want, field(def.name, name, omit == ""))
		}
	}
	if diff := cmp.Diff(want, schemaFields(t)); diff != "" {
		t.Errorf("report/report.schema.json does not match the Go types (-types +schema):\n%s", diff)
	}
}

func field(def, name string, always bool) string {
	if always {
		return def + "." + name + " always"
	}
	return def + "." + name
}

// members is a JSON object that keeps the order of its members.
type members struct {
	names  []string
	values map[string]json.RawMessage
}

func (m *members) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &m.values); err != nil {
		return err
	}
	dec := json.NewDecoder(strings.NewReader(string(data)))
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return err
		}
		m.names = append(m.names, name.(string))
	}
	return nil
}

type object struct {
	Required   []string
	Properties members
	Defs       members `json:"$defs"`
}

func schemaFields(t *testing.T) []string {
	t.Helper()
	var root object
	if err := json.Unmarshal(report.JSONSchema(), &root); err != nil {
		t.Fatal(err)
	}
	fields := root.fields("report")
	for _, name := range root.Defs.names {
		var def object
		if err := json.Unmarshal(root.Defs.values[name], &def); err != nil {
			t.Fatal(err)
		}
		fields = append(fields, def.fields(name)...)
	}
	return fields
}

func (o object) fields(def string) []string {
	var fields []string
	for _, name := range o.Properties.names {
		fields = append(fields, field(def, name, slices.Contains(o.Required, name)))
	}
	return fields
}

var (
	heading = regexp.MustCompile(`^## (\w+)$`)
	row     = regexp.MustCompile("^\\| (\\**)`(\\w+)`\\** \\|")
)

func documentedFields(t *testing.T) []string {
	t.Helper()
	doc, err := os.ReadFile(filepath.Join("..", "docs", "report-schema.md"))
	if err != nil {
		t.Fatal(err)
	}
	var fields []string
	def := ""
	for line := range strings.Lines(string(doc)) {
		line = strings.TrimSpace(line)
		if m := heading.FindStringSubmatch(line); m != nil {
			def = m[1]
		}
		if m := row.FindStringSubmatch(line); m != nil {
			fields = append(fields, field(def, m[2], m[1] != ""))
		}
	}
	return fields
}
