package nplusgonetest

import (
	"os"
	"path/filepath"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// keepArtifact writes the findings of a test to its artifact directory (Go 1.26). It does so only with go test
// -artifacts: without that flag testing removes the directory.
func keepArtifact(t TestingT, findings []finding.Finding) {
	t.Helper()
	to, ok := t.(interface{ ArtifactDir() string })
	if !ok || len(findings) == 0 || flagValue("test.artifacts") != "true" {
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
