package nplusgonetest

import (
	"os"
	"path/filepath"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// keepArtifact leaves the findings of a test where go test -artifacts collects what tests leave (Go 1.26). Without that
// flag the folder would be removed after the test, so that nothing is written.
func keepArtifact(t TestingT, findings []finding.Finding) {
	t.Helper()
	to, ok := t.(interface{ ArtifactDir() string })
	if !ok || len(findings) == 0 || value("test.artifacts") != "true" {
		return
	}
	for format, name := range map[string]string{"text": "nplusgone.txt", "json": "nplusgone.json"} {
		if err := writeArtifact(filepath.Join(to.ArtifactDir(), name), format, findings); err != nil {
			t.Errorf("nplusgonetest: writing the report of the test: %v", err)
		}
	}
}

func writeArtifact(path, format string, findings []finding.Finding) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	err = report.Write(file, format, &report.Document{Tool: tool(), Findings: findings}, report.Options{Verbose: true})
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}
