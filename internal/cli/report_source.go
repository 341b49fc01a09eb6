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

// analyzeSource adds the findings of statements that only the source, in dir, can judge.
func (g *gathered) analyzeSource(dir string) (err error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("finding the source in %q: %w", dir, cause(err))
	}
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real // as the go command resolves it
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		return withHint(fmt.Errorf("no go.mod in %q: %w", dir, cause(err)), "give the root of the module that ran")
	}
	finder := source.New(source.WithRoot(root))
	defer func() { err = errors.Join(err, finder.Close()) }()
	findings, err := detector.JudgeDeferred(g.TakeDeferred(), finder)
	if err != nil {
		return err
	}
	return g.AddDocument(&report.Document{Findings: findings})
}
