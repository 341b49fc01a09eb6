package scenario

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// wantPart is the name of the part of a file that holds the findings.
const wantPart = "want"

// A Scenario is a trace of statements, what the source says of the code that sent them, and what is to be found.
type Scenario struct {
	File string // that it was read from
	Doc  string // what it shows: the prose that it begins with
	Want string // the findings, as Render writes them

	archive *txtar.Archive
	dialect fingerprint.Dialect
	source  *source // nil where no source is available
	steps   []step
}

// Read reads the scenario in a file. An error names the file and the line.
func Read(file string) (*Scenario, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return Parse(filepath.ToSlash(file), data)
}

// Parse reads a scenario. An error leads with file, and the line.
func Parse(file string, data []byte) (*Scenario, error) {
	s := &Scenario{File: file, archive: txtar.Parse(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))}
	for _, f := range s.archive.Files {
		if f.Name == wantPart {
			s.Want = string(f.Data)
		}
	}
	p := &parser{scenario: s, statements: make(map[string]*statement), open: make(map[*statement]bool)}
	if err := p.parse(string(s.archive.Comment)); err != nil {
		return nil, err
	}
	s.Doc = doc(string(s.archive.Comment))
	return s, nil
}

// Format returns the text of the scenario's file with want in place of what was wanted.
func (s *Scenario) Format(want string) []byte {
	files := []txtar.File{{Name: wantPart, Data: []byte(want)}}
	for _, f := range s.archive.Files {
		if f.Name != wantPart {
			files = append(files, f)
		}
	}
	return txtar.Format(&txtar.Archive{Comment: s.archive.Comment, Files: files})
}

// doc returns the prose before the first other line.
func doc(text string) string {
	var words []string
	for line := range strings.Lines(text) {
		prose, ok := strings.CutPrefix(strings.TrimSpace(line), "#")
		if !ok {
			break
		}
		words = append(words, strings.TrimSpace(prose))
	}
	return strings.Join(words, " ")
}
