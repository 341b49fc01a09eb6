package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/joshdk/go-junit"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

// reports are the reports that the formats of CI systems are tested with: nothing, everything, hostile text, a baseline and
// an incomplete run.
func reports() map[string]*report.Document {
	known := samples.Everything()
	for i := range known.Findings {
		known.Findings[i].Known = "it is in the baseline: <legacy> | `x` %0A::error::"
	}
	known.Runs = []finding.TestRun{{Package: "example.com/a", Whole: true}, {Package: "example.com/b::error::%\n,x", Missing: "its tests did not end, in Test<X>"}}
	return map[string]*report.Document{"empty": {}, "everything": samples.Everything(), "hostile": hostile(), "known": known, "unusual": samples.Unusual()}
}

// hostile is a report in which every text tries to leave its place in a format.
func hostile() *report.Document {
	const nasty = "a,b:c%0A\r\n::error file=x::y\n##[command]z\x1b[2J<script>alert(1)</script>&amp;]]>|`\u202e\xff[x](1)\n</pre></details>"
	at := finding.Position{File: "dir with space/ü%20#?" + nasty + ".go", Line: 3, Function: nasty}
	f := samples.LazyComments()
	f.Message, f.Scope, f.CallSite, f.Loop, f.Identity, f.Members = nasty, nasty, at, &at, nasty, []string{nasty}
	f.Parent.Text, f.Parent.CallSite, f.Evidence[0].Text, f.Fix.Text, f.Fix.SQL = nasty, at, nasty, nasty, nasty
	f.Statements[0].Text, f.Statements[0].CallSite, f.Snippet[2].Text = nasty, at, nasty
	f.OtherLoop, f.Calls, f.Mitigations = &at, []finding.Position{at, at}, []finding.Mitigation{{Name: nasty, Effect: finding.EffectNote, Text: nasty}}
	note := f
	note.Note, note.Identity = nasty, "note"
	profile := samples.Profile()
	profile.UnreadTypes, profile.NotChecked = []string{nasty}, []string{nasty}
	runs := []finding.TestRun{{Package: nasty, Missing: nasty, Untyped: nasty}}
	return &report.Document{Findings: []finding.Finding{f, note}, Profile: profile, Runs: runs}
}

// Proves that SARIF is valid by the schema of OASIS, has no null, and that its files are relative and have slashes.
func TestSARIFObeysTheOfficialSchema(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "testdata", "schema", "sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", parsed); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, doc := range reports() {
		t.Run(name, func(t *testing.T) {
			got := written(t, "sarif", doc, report.Options{Rules: samples.Rules()})
			if err := validate(t, schema, got); err != nil {
				t.Errorf("%v in %s", err, got)
			}
			if strings.Contains(got, "null") {
				t.Errorf("there is a null in %s", got)
			}
			for _, uri := range regexp.MustCompile(`"uri": "([^"]*)"`).FindAllStringSubmatch(got, -1) {
				if strings.HasPrefix(uri[1], "/") || strings.ContainsAny(uri[1], " \\\r\n") {
					t.Errorf("%q is not a relative URI with slashes", uri[1])
				}
			}
		})
	}
	if err := validate(t, schema, `{"version": "2.1.0", "runs": [{}]}`); err == nil {
		t.Error("the schema lets a run without a tool pass: it checks nothing")
	}
}

// Proves what a SARIF reader gets: the position of the loop, a path from the parent to the statement, and a fingerprint that
// does not change with lines.
func TestSARIFHasThePathAndTheIdentity(t *testing.T) {
	type place struct {
		PhysicalLocation struct {
			ArtifactLocation struct{ URI string }
			Region           struct{ StartLine int }
		}
	}
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID              string
				RuleIndex           int
				Level               string
				Locations           []place
				PartialFingerprints map[string]string
				Suppressions        []struct{ Kind string }
				CodeFlows           []struct {
					ThreadFlows []struct{ Locations []struct{ Location place } }
				}
			}
		}
	}
	doc := &report.Document{Findings: []finding.Finding{samples.LazyComments()}}
	if err := json.Unmarshal([]byte(written(t, "sarif", doc, report.Options{Module: "services/blog", Rules: samples.Rules()})), &log); err != nil {
		t.Fatal(err)
	}
	r := log.Runs[0].Results[0]
	if r.Level != "error" || log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID != "n-plus-one" || len(r.Suppressions) != 0 {
		t.Errorf("got %+v", r)
	}
	if at := r.Locations[0].PhysicalLocation; at.ArtifactLocation.URI != "services/blog/store/posts.go" || at.Region.StartLine != 42 {
		t.Errorf("it is at %+v, want the loop, in the repository", at)
	}
	var lines []int
	for _, step := range r.CodeFlows[0].ThreadFlows[0].Locations {
		lines = append(lines, step.Location.PhysicalLocation.Region.StartLine)
	}
	if !slices.Equal(lines, []int{37, 42, 43, 18}) {
		t.Errorf("the path has lines %v, want parent, loop, call, statement", lines)
	}
	moved := samples.LazyComments()
	moved.Loop.Line, moved.Count = 99, 7
	other := written(t, "sarif", &report.Document{Findings: []finding.Finding{moved}}, report.Options{})
	if id := r.PartialFingerprints["primaryLocationLineHash"]; !strings.Contains(other, id) || !strings.HasPrefix(id, samples.LazyComments().Identity) {
		t.Errorf("the fingerprint %q changed with a line", id)
	}
}

// Proves that no text from outside leaves the command that it is in: each line is one command or a line of the summary,
// and GitHub decodes the original text.
func TestGitHubCommandsHoldWhatComesFromOutside(t *testing.T) {
	command := regexp.MustCompile(`^::(error|warning|notice) (?:(?:file|line|title)=[^:,\r\n]*,?)+::[^\r\n]*$`)
	escape := regexp.MustCompile(`%(25|0A|0D|3A|2C)?`)
	for name, doc := range reports() {
		t.Run(name, func(t *testing.T) {
			for line := range strings.Lines(written(t, "github", doc, report.Options{})) {
				line = strings.TrimSuffix(line, "\n")
				if strings.HasPrefix(line, "nplusgone: ") {
					continue
				}
				if !command.MatchString(line) || strings.Contains(line, "##[") || strings.ContainsAny(line, "\x1b\u202e") || strings.Contains(line, "\xff") {
					t.Errorf("not exactly one command: %q", line)
				}
				for _, e := range escape.FindAllString(line, -1) {
					if e == "%" {
						t.Errorf("a bare %% in %q", line)
					}
				}
			}
		})
	}
	got := written(t, "github", hostile(), report.Options{})
	if !strings.Contains(got, "file=dir with space/ü%2520#?a%2Cb%3Ac%250A") {
		t.Errorf("the file's name is not what it was:\n%s", got)
	}
	got = written(t, "github", samples.Everything(), report.Options{})
	if !strings.HasPrefix(got, "::error file=feed/feed.go,line=108,title=n-plus-one (likely)::12 queries, one per row; 1 would be enough%0ASELECT ") {
		t.Errorf("got %s", got)
	}
}

// runnerCommand reads a line as GitHub's runner does: the command between the first two ::, its properties, and the text.
func runnerCommand(line string) (command string, properties map[string]string, text string, ok bool) {
	rest, ok := strings.CutPrefix(line, "::")
	if !ok {
		return "", nil, "", false
	}
	info, text, ok := strings.Cut(rest, "::")
	if !ok {
		return "", nil, "", false
	}
	command, list, _ := strings.Cut(info, " ")
	properties = map[string]string{}
	for _, p := range strings.Split(list, ",") {
		if key, value, ok := strings.Cut(p, "="); ok {
			properties[key] = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(value)
		}
	}
	return command, properties, strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(text), true
}

// Proves that the runner decodes the original text.
func TestGitHubsRunnerDecodesTheOriginalText(t *testing.T) {
	f := samples.LazyComments()
	f.Loop.File = "a,b:c%25/%0A::d=e.go"
	f.Message = "100% of a::b%0A, c=d"
	f.Statements[0].Text = "SELECT '%' || ?::text"
	f.Evidence, f.Fix, f.Calls = nil, finding.Fix{}, nil
	line, _, _ := strings.Cut(written(t, "github", &report.Document{Findings: []finding.Finding{f}}, report.Options{}), "\n")
	command, properties, text, ok := runnerCommand(line)
	if !ok || command != "error" {
		t.Fatalf("the runner sees no error in %q", line)
	}
	want := map[string]string{"file": "a,b:c%25/%0A::d=e.go", "line": "42", "title": "n-plus-one (proven)"}
	if diff := cmp.Diff(want, properties); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
	if want := "100% of a::b%0A, c=d\nSELECT '%' || ?::text"; text != want {
		t.Errorf("the text is %q, want %q", text, want)
	}
	for name, doc := range reports() {
		for line := range strings.Lines(written(t, "github", doc, report.Options{})) {
			if command, _, text, ok := runnerCommand(line); ok && (strings.Contains(text, "\r") || !slices.Contains([]string{"error", "warning", "notice"}, command)) {
				t.Errorf("%s: the runner sees the command %q with %q", name, command, text)
			}
		}
	}
}

// Proves that errors come first, because GitHub shows a limited number, and that the last line says where the rest is.
func TestGitHubAnnotatesErrorsFirst(t *testing.T) {
	doc := &report.Document{Findings: []finding.Finding{samples.LoopInTest()}}
	for i := range 12 {
		f := samples.LazyComments()
		f.Loop.Line, f.Identity = i+50, string(rune('a'+i))
		suspect := f
		suspect.Level, suspect.Identity, suspect.Loop = finding.Suspect, f.Identity+"s", &finding.Position{File: "a.go", Line: 1}
		doc.Findings = append(doc.Findings, f, suspect)
	}
	lines := strings.Split(written(t, "github", doc, report.Options{}), "\n")
	var kinds []string
	for _, line := range lines {
		kind, _, _ := strings.Cut(line, " ")
		kinds = append(kinds, kind)
	}
	kinds = slices.Compact(kinds)
	if !slices.Equal(kinds, []string{"::error", "::warning", "::notice", "nplusgone:", ""}) {
		t.Errorf("the order is %q", kinds)
	}
	if last := lines[len(lines)-2]; !strings.Contains(last, "10 of the 12") {
		t.Errorf("the last line is %q", last)
	}
}

// Proves that no text from outside is read as Markdown or HTML, and that a summary is not larger than GitHub allows.
func TestMarkdownHoldsWhatComesFromOutside(t *testing.T) {
	tag := regexp.MustCompile(`</?[a-zA-Z][^>]*>`)
	tags := []string{"<details>", "</details>", "<summary>", "</summary>", "<code>", "</code>", "<pre>", "</pre>", "<b>", "</b>", "<p>", "</p>"}
	for name, doc := range reports() {
		t.Run(name, func(t *testing.T) {
			got := written(t, "markdown", doc, report.Options{})
			for _, found := range tag.FindAllString(got, -1) {
				if !slices.Contains(tags, found) {
					t.Errorf("%s is not a tag of the format", found)
				}
			}
			for _, pair := range [][2]string{{"<details>", "</details>"}, {"<pre>", "</pre>"}} {
				if strings.Count(got, pair[0]) != strings.Count(got, pair[1]) {
					t.Errorf("%s is not closed as often as it is opened", pair[0])
				}
			}
		})
	}
	large := &report.Document{}
	for i := range 2000 {
		f := samples.ImportRows()
		f.Loop.Line = i
		large.Findings = append(large.Findings, f)
	}
	if got := written(t, "markdown", large, report.Options{}); len(got) > 1<<20 || !strings.Contains(got, " more: a summary has room for 1 MiB.") {
		t.Errorf("%d bytes that end with %q", len(got), got[len(got)-100:])
	}
}

// Proves that GitLab's report has the fields that GitLab requires, and each fingerprint once.
func TestGitLabHasTheRequiredFields(t *testing.T) {
	for name, doc := range reports() {
		t.Run(name, func(t *testing.T) {
			var issues []map[string]any
			dec := json.NewDecoder(strings.NewReader(written(t, "gitlab", doc, report.Options{})))
			if err := dec.Decode(&issues); err != nil {
				t.Fatal(err)
			}
			if want := len(doc.Findings) + len(doc.Incomplete()); len(issues) != want || issues == nil {
				t.Errorf("%d issues, want %d", len(issues), want)
			}
			seen := map[string]bool{}
			for _, issue := range issues {
				at := issue["location"].(map[string]any)
				begin := at["lines"].(map[string]any)["begin"].(float64)
				path, id := at["path"].(string), issue["fingerprint"].(string)
				severities := []string{"info", "minor", "major", "critical", "blocker"}
				if begin < 1 || path == "" || strings.HasPrefix(path, "./") || id == "" || seen[id] || !slices.Contains(severities, issue["severity"].(string)) {
					t.Errorf("got %v", issue)
				}
				seen[id] = true
			}
		})
	}
}

// junitShape is the part of the schema of Jenkins' xUnit plugin (junit-10.xsd) that concerns the elements written here:
// their required and optional attributes, and the elements within.
var junitShape = map[string]struct{ required, optional, within []string }{
	"testsuites": {nil, []string{"name", "time", "tests", "failures", "errors"}, []string{"testsuite"}},
	"testsuite": {
		[]string{"name", "tests", "failures", "errors"},
		[]string{"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
		[]string{"testsuite", "properties", "testcase", "system-out", "system-err"},
	},
	"testcase": {[]string{"name"}, []string{"time", "classname", "group"}, []string{"skipped", "error", "failure", "system-out", "system-err"}},
	"failure":  {nil, []string{"type", "message"}, nil},
	"error":    {nil, []string{"type", "message"}, nil},
	"skipped":  {nil, []string{"type", "message"}, nil},
}

// Proves that JUnit's XML is valid for Jenkins, and that a reader of it finds as many tests of each kind as the report has.
func TestJUnitIsReadByOthers(t *testing.T) {
	for name, doc := range reports() {
		t.Run(name, func(t *testing.T) {
			got := written(t, "junit", doc, report.Options{})
			checkShape(t, got)
			suites, err := junit.Ingest([]byte(got))
			if err != nil {
				t.Fatal(err)
			}
			failing, skipped := 0, 0
			for _, f := range doc.Findings {
				if f.Gates(finding.Likely) {
					failing++
				} else {
					skipped++
				}
			}
			errors := 0
			for _, missing := range []bool{slices.ContainsFunc(doc.Runs, func(r finding.TestRun) bool { return r.Missing != "" }), len(doc.Profile.NotChecked) > 0, name == "empty"} {
				if missing {
					errors++
				}
			}
			totals := suites[0].Totals
			if totals.Failed != failing || totals.Skipped != skipped || totals.Error != errors || totals.Passed+errors < 1 {
				t.Errorf("got %+v, want %d failed, %d skipped, %d errors, and a case for what was checked", totals, failing, skipped, errors)
			}
			var attrs struct {
				Suite struct {
					Tests    int `xml:"tests,attr"`
					Failures int `xml:"failures,attr"`
					Skipped  int `xml:"skipped,attr"`
				} `xml:"testsuite"`
			}
			if err := xml.Unmarshal([]byte(got), &attrs); err != nil {
				t.Fatal(err)
			}
			if attrs.Suite.Tests != totals.Tests || attrs.Suite.Failures != failing || attrs.Suite.Skipped != skipped {
				t.Errorf("the suite says %+v, and has %+v", attrs.Suite, totals)
			}
		})
	}
}

func checkShape(t *testing.T, text string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(text))
	var open []string
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			shape, ok := junitShape[e.Name.Local]
			if !ok || len(open) > 0 && !slices.Contains(junitShape[open[len(open)-1]].within, e.Name.Local) {
				t.Errorf("%s is within %v", e.Name.Local, open)
			}
			var has []string
			for _, a := range e.Attr {
				has = append(has, a.Name.Local)
				if !slices.Contains(append(slices.Clone(shape.required), shape.optional...), a.Name.Local) {
					t.Errorf("%s has the attribute %s", e.Name.Local, a.Name.Local)
				}
				if a.Name.Local == "time" && !regexp.MustCompile(`^\d+\.\d{3}$`).MatchString(a.Value) {
					t.Errorf("time is %q", a.Value)
				}
			}
			for _, need := range shape.required {
				if !slices.Contains(has, need) {
					t.Errorf("%s lacks %s", e.Name.Local, need)
				}
			}
			open = append(open, e.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}
