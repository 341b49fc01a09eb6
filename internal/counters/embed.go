package counters

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"
)

// embeds returns the patterns of a file's go:embed comments.
func embeds(text []byte) (patterns []string) {
	if !bytes.Contains(text, []byte("//go:embed ")) {
		return nil
	}
	for line := range bytes.Lines(text) {
		rest, ok := strings.CutPrefix(string(bytes.TrimSpace(line)), "//go:embed ")
		if !ok {
			continue
		}
		for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
			pattern, after, _ := strings.Cut(rest, " ")
			if quoted, err := strconv.QuotedPrefix(rest); err == nil {
				pattern, _ = strconv.Unquote(quoted)
				after = rest[len(quoted):]
			}
			patterns, rest = append(patterns, strings.TrimPrefix(pattern, "all:")), after
		}
	}
	return patterns
}

// embeddedFiles returns the files that packages embed: the program would read them as they were rewritten.
func embeddedFiles(all []file) map[string]bool {
	embedded := make(map[string]bool)
	for _, f := range all {
		for _, pattern := range f.Embeds {
			matches, err := filepath.Glob(filepath.Join(filepath.Dir(f.Name), filepath.FromSlash(pattern)))
			if err != nil {
				continue // the go command reports it
			}
			for _, m := range matches {
				for _, g := range all {
					if g.Name == m || strings.HasPrefix(g.Name, m+string(filepath.Separator)) {
						embedded[g.Name] = true
					}
				}
			}
		}
	}
	return embedded
}
