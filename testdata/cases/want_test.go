package cases

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
)

// A want is one line of a want file.
type want struct {
	folder string   // the folder of the case
	test   string   // TestName or TestName/subtest
	text   string   // the line without the name of the test
	result string   // PASS or FAIL for a line about the result of the test; otherwise ""
	output string   // text that the output of a failing test must contain
	wanted []wanted // findings
}

// A wanted is a finding that a want requires or, if optional, allows.
type wanted struct {
	text       string
	optional   bool
	rules      []string
	levels     []string
	positions  []string // "file:line", the file relative to the module; empty: any position
	conditions []condition
}

// A condition compares the texts of a finding that key names with value.
type condition struct{ key, operator, value string }

var (
	resultLine    = regexp.MustCompile(`^(?:(silent)|(passes)|(fails)(?:\s+~"(.*)")?)$`)
	findingText   = regexp.MustCompile(`^\s*(\??)([a-z|-]+)\s+([a-z|]+)(?:\s+@(\S+))?(.*)$`)
	conditionText = regexp.MustCompile(`^\s*(sql|fix|parent|message|evidence|count|saved)(!?~|=)(?:"((?:[^"\\]|\\.)*)"|(\S+))`)
	listElement   = regexp.MustCompile(`(?:[^;"]|"(?:[^"\\]|\\.)*")+`) // between semicolons outside of quotes
	markComment   = regexp.MustCompile(`//\s*((?:loop|call)[A-Za-z0-9]*)\s*$`)
	markReference = regexp.MustCompile(`@((?:loop|call)[A-Za-z0-9]*)`)
	testFunction  = regexp.MustCompile(`^func (Test[A-Z0-9]\w*)\(t \*testing\.T`)
	escaped       = regexp.MustCompile(`\\(.)`)
)

// levels are the levels that a want may name.
var levels = []string{"note", finding.Suspect.String(), finding.Likely.String(), finding.Proven.String()}

// process identifies the process that the want is compared with. Lines about results share the process of their test.
// Lines about findings do not, because equal findings of several tests are merged into one.
func (w want) process() process {
	test := w.test
	if w.result != "" {
		test, _, _ = strings.Cut(test, "/")
	}
	return process{w.folder, test}
}

// readWants reads the want file of a case. It returns an error if the file has a mistake or omits a test.
func readWants(folder string) ([]want, error) {
	marks, tests, err := readMarks(folder)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "want")
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []want
	for i, line := range strings.Split(string(text), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		w, err := parseWant(folder, line, marks)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, i+1, err)
		}
		list = append(list, w)
	}
	for _, test := range tests {
		if !slices.ContainsFunc(list, func(w want) bool { return w.test == test || strings.HasPrefix(w.test, test+"/") }) {
			return nil, fmt.Errorf("%s has no line for %s", file, test)
		}
	}
	return list, nil
}

// readMarks returns the positions of the marks in the Go files of a case, as "file:line", and the names of its tests.
func readMarks(folder string) (marks map[string]string, tests []string, err error) {
	marks = map[string]string{}
	err = filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for n := 1; lines.Scan(); n++ {
			at := fmt.Sprintf("%s:%d", filepath.ToSlash(path), n)
			if m := markComment.FindStringSubmatch(lines.Text()); m != nil {
				if marks[m[1]] != "" {
					return fmt.Errorf("%s: the mark %s is also at %s", at, m[1], marks[m[1]])
				}
				marks[m[1]] = at
			}
			if m := testFunction.FindStringSubmatch(lines.Text()); m != nil && strings.HasSuffix(path, "_test.go") {
				tests = append(tests, m[1])
			}
		}
		return lines.Err()
	})
	return marks, tests, err
}

func parseWant(folder, line string, marks map[string]string) (want, error) {
	test, text, ok := strings.Cut(line, ": ")
	w := want{folder: folder, test: strings.TrimSpace(test), text: strings.TrimSpace(text)}
	if !ok {
		return w, fmt.Errorf("no colon in %q", line)
	}
	if m := resultLine.FindStringSubmatch(w.text); m != nil {
		switch {
		case m[2] != "":
			w.result = "PASS"
		case m[3] != "":
			w.result, w.output = "FAIL", m[4]
		}
		return w, nil
	}
	for _, part := range listElement.FindAllString(w.text, -1) {
		f, err := parseWanted(part, marks)
		if err != nil {
			return w, err
		}
		w.wanted = append(w.wanted, f)
	}
	if w.wanted == nil {
		return w, fmt.Errorf("%s wants nothing", w.test)
	}
	return w, nil
}

func parseWanted(text string, marks map[string]string) (wanted, error) {
	m := findingText.FindStringSubmatch(text)
	if m == nil {
		return wanted{}, fmt.Errorf("cannot parse %q", text)
	}
	w := wanted{
		text:     oneLine(text),
		optional: m[1] != "",
		rules:    strings.Split(m[2], "|"),
		levels:   strings.Split(m[3], "|"),
	}
	for _, rule := range w.rules {
		if _, err := nplusgone.New(nplusgone.WithRules(rule)); err != nil {
			return w, err
		}
	}
	for _, level := range w.levels {
		if !slices.Contains(levels, level) {
			return w, fmt.Errorf("unknown level %q", level)
		}
	}
	if m[4] != "" {
		for mark := range strings.SplitSeq(m[4], "|") {
			if marks[mark] == "" {
				return w, fmt.Errorf("no line has the mark %s", mark)
			}
			w.positions = append(w.positions, marks[mark])
		}
	}
	for rest := m[5]; strings.TrimSpace(rest) != ""; {
		c := conditionText.FindStringSubmatch(rest)
		if c == nil {
			return w, fmt.Errorf("cannot parse the condition %q", rest)
		}
		value := c[4]
		if value == "" {
			value = escaped.ReplaceAllString(c[3], "$1")
		}
		for _, ref := range markReference.FindAllStringSubmatch(value, -1) {
			if marks[ref[1]] == "" {
				return w, fmt.Errorf("no line has the mark %s", ref[1])
			}
			value = strings.Replace(value, ref[0], marks[ref[1]], 1)
		}
		w.conditions = append(w.conditions, condition{c[1], c[2], value})
		rest = rest[len(c[0]):]
	}
	return w, nil
}

// oneLine replaces each sequence of white space by one space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
