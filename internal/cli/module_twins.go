package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// modulePath returns the path in the go.mod of a folder; empty if it has none.
func modulePath(dir string) string {
	text, _ := os.ReadFile(filepath.Join(dir, "go.mod"))
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "module" {
			return strings.Trim(words[1], "\"`")
		}
	}
	return ""
}

// setApart gives findings of a module other identities than those of another module with the same path have: examples are often copied.
func setApart(findings []finding.Finding, module string) {
	own := func(identity string) string {
		if identity == "" {
			return ""
		}
		sum := sha256.Sum256([]byte(identity + "\x00" + module))
		return hex.EncodeToString(sum[:8])
	}
	for i := range findings {
		f := &findings[i]
		f.Identity = own(f.Identity)
		for j := range f.Members {
			f.Members[j] = own(f.Members[j])
		}
		slices.Sort(f.Members)
		for j := range f.Statements {
			f.Statements[j].Member = own(f.Statements[j].Member)
		}
	}
}
