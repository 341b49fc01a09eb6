package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/nplusgone/nplusgone/report"
)

// readReports merges the reports at paths. The file that is going to be written is not read from a directory, so that a
// merge into that directory can be run again.
func readReports(paths []string, stdin io.Reader, output string) (*report.Document, error) {
	var docs []*report.Document
	for _, path := range paths {
		files, err := reportFiles(path, output)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			doc, err := readReport(file, stdin)
			if err != nil {
				return nil, err
			}
			docs = append(docs, doc)
		}
	}
	return report.Merge(docs...), nil
}

func readReport(path string, stdin io.Reader) (*report.Document, error) {
	if path == "-" {
		doc, err := report.Read(stdin, "standard input")
		return doc, plainly(err)
	}
	doc, err := report.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, withHint(plain{err}, "give the path of a report written with -format json")
	case errors.Is(err, fs.ErrPermission):
		return nil, withHint(plain{err}, "make it readable")
	}
	return doc, plainly(err)
}

// reportFiles returns the files that path stands for: itself, or the reports in it, by name.
func reportFiles(path, output string) ([]string, error) {
	if info, err := os.Stat(path); path == "-" || err != nil || !info.IsDir() {
		return []string{path}, nil // what is wrong with it, reading tells
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, withHint(fmt.Errorf("opening the directory %q: %w", path, cause(err)), "make it readable, or name the reports in it")
	}
	var files []string
	for _, e := range entries {
		file := filepath.Join(path, e.Name())
		if !e.IsDir() && strings.EqualFold(filepath.Ext(file), ".json") && !sameFile(file, output) {
			files = append(files, file)
		}
	}
	if len(files) == 0 {
		return nil, withHint(fmt.Errorf("no report in the directory %q", path), "it is read for *.json files: write one with -format json, or name the report itself")
	}
	return files, nil
}

func sameFile(a, b string) bool {
	if b == "" {
		return false
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}
