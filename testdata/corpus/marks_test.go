package corpus_test

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// marks are the rules that lines of the corpus want, by "file:line" relative to the module.
type marks map[string][]string

var wantLoop = regexp.MustCompile(`// want loop: ([a-z -]+)$`)

func readMarks(t *testing.T) marks {
	t.Helper()
	found := marks{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for n := 1; lines.Scan(); n++ {
			line := lines.Text()
			if m := wantLoop.FindStringSubmatch(line); m != nil {
				found["testdata/corpus/"+filepath.ToSlash(path)+":"+strconv.Itoa(n)] = strings.Fields(m[1])
			} else if strings.Contains(line, "// want") && path != "corpus.go" {
				t.Errorf("%s:%d: a mark that cannot be read: %s", path, n, line)
			}
		}
		return lines.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
