package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/report"
)

// withSource returns doc with what the source in dir says of the statements that its runs could not judge.
func withSource(doc *report.Document, dir string) (_ *report.Document, err error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the source in %q: %w", dir, cause(err))
	}
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real // as the go command has it
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		return nil, withHint(fmt.Errorf("no go.mod in %q: %w", dir, cause(err)), "give the root of the module that was run")
	}
	finder := source.New(source.WithRoot(root))
	defer func() { err = errors.Join(err, finder.Close()) }()
	findings, err := detector.Reconsider(doc.Candidates, finder)
	if err != nil {
		return nil, err
	}
	doc.Candidates = nil // they are judged
	return report.Merge(doc, &report.Document{Findings: findings}), nil
}
