package baseline

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse proves that any text is either an error or a baseline that is the same after it was written and read.
func FuzzParse(f *testing.F) {
	f.Add("{\"schema\":\"nplusgone.baseline/v1\"}\n{\"file\":\"a.go\",\"rule\":\"r\",\"identity\":\"x\",\"max\":3,\"reason\":\"y\"}\n")
	f.Add("<<<<<<< HEAD")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := parse(strings.NewReader(text), "b")
		if err != nil {
			return
		}
		path := filepath.Join(t.TempDir(), "b")
		if err := b.Write(path); err != nil {
			t.Fatal(err)
		}
		again, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b.Entries(), again.Entries()); diff != "" {
			t.Error(diff)
		}
	})
}
