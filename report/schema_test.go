package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.JSONSchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4) // so that the draft is taken from the schema
	if err := c.AddResource("report.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, document string) error {
	t.Helper()
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(instance)
}

// Proves that documents are valid by the schema.
func TestWrittenDocumentsFitTheSchema(t *testing.T) {
	schema := compiledSchema(t)
	for name, doc := range map[string]*report.Document{
		"nil":        nil,
		"empty":      {},
		"everything": samples.Everything(),
		"bare finding": {
			Findings: []finding.Finding{{Rule: "n-plus-one", Identity: "1"}},
			Profile:  finding.Profile{Scopes: []finding.ScopeProfile{{}}, Unscoped: &finding.Unscoped{}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := validate(t, schema, written(t, "json", doc, report.Options{})); err != nil {
				t.Error(err)
			}
		})
	}
}

// Proves that the schema refuses documents that are wrong in one place.
func TestSchemaRefusesBrokenDocuments(t *testing.T) {
	schema := compiledSchema(t)
	golden, err := os.ReadFile(filepath.Join("..", "testdata", "report", "findings.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		damage func(doc, finding map[string]any)
	}{
		{"another schema", func(doc, _ map[string]any) { doc["schema"] = "nplusgone.report/v2" }},
		{"no profile", func(doc, _ map[string]any) { delete(doc, "profile") }},
		{"findings are null", func(doc, _ map[string]any) { doc["findings"] = nil }},
		{"no identity", func(_, f map[string]any) { delete(f, "identity") }},
		{"an empty identity", func(_, f map[string]any) { f["identity"] = "" }},
		{"an unknown level", func(_, f map[string]any) { f["level"] = "certain" }},
		{"a count that is no integer", func(_, f map[string]any) { f["count"] = 1.5 }},
		{"a negative count", func(_, f map[string]any) { f["count"] = -1 }},
		{"evidence is null", func(_, f map[string]any) { f["evidence"] = nil }},
		{"a rule with a space", func(_, f map[string]any) { f["rule"] = "n plus one" }},
		{"a position without a line", func(_, f map[string]any) { f["callSite"] = map[string]any{"file": "a.go"} }},
		{"a fix that is text", func(_, f map[string]any) { f["fix"] = "do not" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			var doc map[string]any
			if err := json.Unmarshal(golden, &doc); err != nil {
				t.Fatal(err)
			}
			test.damage(doc, doc["findings"].([]any)[0].(map[string]any))
			if err := schema.Validate(doc); err == nil {
				t.Error("the schema accepts it")
			}
		})
	}
}
