package replay

import (
	"bytes"
	"encoding/hex"
	"errors"
	"go/version"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/nplusgone/nplusgone/internal/overlay"
)

// recorded runs the tests of a module in testdata with the recorder, and returns the file of the process.
func recorded(t *testing.T, dir string, key Key) string {
	t.Helper()
	if runtime.GOOS != "linux" || version.Compare(runtime.Version(), "go1.26") < 0 {
		t.Skipf("there is no recorder for %s on %s", runtime.Version(), runtime.GOOS)
	}
	tool, err := overlay.Find(t.Context(), filepath.Join("testdata", dir))
	if err != nil {
		t.Fatal(err)
	}
	o, err := overlay.Make(tool, t.TempDir(), "", overlay.Wire)
	if err != nil {
		t.Fatal(err)
	}
	events := t.TempDir()
	cmd := tool.Go(t.Context(), "test", "-count=1", "-overlay="+o.File, ".")
	cmd.Env = append(cmd.Env[:len(cmd.Env):len(cmd.Env)], "NPLUSGONE_RECORD="+events, "NPLUSGONE_RECORD_KEY="+hex.EncodeToString(key[:]))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the tests failed: %v\n%s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(events, "*.events"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files were recorded, error %v", len(files), err)
	}
	return files[0]
}

// Proves that the recorder finds the messages of a connection however they are cut, that it counts what it leaves out, and that it writes
// nothing of the start-up phase, of COPY, of notices and of notifications.
func TestWireIsRecorded(t *testing.T) {
	key := Key{1, 2, 3}
	name := recorded(t, "wire", key)
	in, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	type counts struct{ statements, rows int }
	p, err := Read(in, key, func(s Scope) {
		got, want := counts{s.Frozen.Stats.Statements, s.Frozen.Stats.Rows}, counts{4, 5}
		switch s.Frozen.Name {
		case "TestPieces":
			want = counts{}
		case "TestManyRows":
			want = counts{2, 70_001}
		case "TestWideRows":
			want = counts{2, 1001}
		case "TestOthers":
			want = counts{1, 0}
		}
		if got != want {
			t.Errorf("%s: %d statements and %d rows, want %d and %d", s.Frozen.Name, got.statements, got.rows, want.statements, want.rows)
		}
	})
	if err != nil || p.Unread > 0 || p.Unfollowed != 1 || p.Lost || !p.Ended {
		t.Errorf("%+v, error %v; one connection is not followed to its end", p, err)
	}
	f, err := open(in, key)
	if err != nil {
		t.Fatal(err)
	}
	size, posts := 0, false
	for {
		event, err := f.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		size += len(event)
		posts = posts || bytes.Contains(event, []byte("SELECT name FROM posts"))
		for _, secret := range []string{"alice", "the-", "copied-data"} {
			if bytes.Contains(event, []byte(secret)) && event[0] != kindText {
				t.Errorf("an event of kind %d has %q", event[0], secret)
			}
		}
	}
	if !posts || size > 40<<20 {
		t.Errorf("the events have %d bytes, statements %v", size, posts)
	}
}
