package replay

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Proves that the recorder and this package have the same constants: the recorder is compiled into the standard library and shares no
// package with this one.
func TestConstantsAreThoseOfTheRecorder(t *testing.T) {
	for _, pair := range []struct{ recorder, here, from, to string }{
		{"internal/nplusgone_recorder.go", "event.go", "kind", "kind"},
		{"database/sql/nplusgone_value.go", "event.go", "nplus", "form"},
		{"internal/nplusgone_file_linux.go", "file.go", "", ""},
		{"internal/nplusgone_wire_frames.go", "wire.go", "item", "item"},
	} {
		want, got := constants(t, "../overlay/_std/"+pair.recorder), constants(t, pair.here)
		compared := 0
		for name, value := range want {
			suffix, ok := strings.CutPrefix(name, pair.from)
			if !ok {
				continue
			}
			if here, ok := got[pair.to+suffix]; ok {
				compared++
				if here != value {
					t.Errorf("%s is %s in %s, and %s in %s", pair.to+suffix, here, pair.here, value, pair.recorder)
				}
			}
		}
		if compared < 4 {
			t.Errorf("%d constants of %s were compared", compared, pair.recorder)
		}
	}
}

var constant = regexp.MustCompile(`(?m)^\s+([a-z]\w*)\s+= ([^/\n]+?)\s*(?://.*)?$`)

func constants(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]string)
	for _, m := range constant.FindAllStringSubmatch(string(text), -1) {
		out[m[1]] = m[2]
	}
	return out
}

// Proves that a file which the recorder did not write is an error.
func TestOtherFilesAreErrors(t *testing.T) {
	for _, text := range []string{strings.Repeat("x", 70), strings.Repeat("x", 100)} {
		if _, err := Read(strings.NewReader(text), Key{}, func(Scope) {}); err == nil {
			t.Errorf("no error for %q", text)
		}
	}
}

// Proves that a file which has no event yet is no error: its process has ended before, or is about to write the first one.
func TestFilesWithoutEvents(t *testing.T) {
	for _, text := range []string{"", magic[:5], magic, strings.Repeat("\x00", windowSize)} {
		p, err := Read(strings.NewReader(text), Key{}, func(Scope) { t.Error("a scope") })
		if err != nil || p.Statements > 0 || p.Lost {
			t.Errorf("%.10q: %+v, error %v", text, p, err)
		}
	}
}
