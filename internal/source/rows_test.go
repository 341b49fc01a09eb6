package source_test

import (
	"os"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source"
)

const counting = `package store

import (
	"context"
	"database/sql"
)

func Count(ctx context.Context, db *sql.DB) (n int, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM posts")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func Both(ctx context.Context, a, b *sql.DB) { one, _ := a.Query("SELECT 1"); two, _ := b.Query("SELECT 2"); _, _ = one, two }
`

// countingAt is the stack of a statement in counting.
func countingAt(line int) []analysis.Frame {
	return []analysis.Frame{{Function: "example.com/shop/store.Count", File: "store/store.go", Line: line}}
}

// shop writes a module with a package store, and returns a Finder for it.
func shop(t *testing.T, text string) *source.Finder {
	t.Helper()
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"go.mod": "module example.com/shop\n\ngo 1.25\n", "store/store.go": text})
	return source.New(source.WithRoot(dir))
}

// What cannot be loaded, or cannot be distinguished from other things, is unknown.
func TestRowsThatAreUnknown(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		line       int
		known      bool
	}{
		{"code that compiles", counting, 9, true},
		{"code that does not compile", counting + "func broken() { return 1 }\n", 9, false},
		{"code that imports what is not there", counting + "import _ \"example.com/missing\"\n", 9, false},
		{"a file that has changed since", "package store\n", 9, false},
		{"a line that has changed since", counting, 3, false},
		{"two statements on one line", counting, 20, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			use := shop(t, tt.text).Rows(countingAt(tt.line))
			if use.Known != tt.known || tt.known != (len(use.Counts) == 1) {
				t.Errorf("Rows = %+v, want known %v", use, tt.known)
			}
		})
	}
	for library, known := range map[string]bool{"github.com/jmoiron/sqlx": true, "github.com/acme/keeper": false} {
		t.Run("by way of "+library, func(t *testing.T) {
			inner := analysis.Frame{Function: library + ".(*DB).QueryContext", File: "/go/pkg/mod/" + library + "@v1.0.0/db.go", Line: 7}
			use := shop(t, counting).Rows(append([]analysis.Frame{inner}, countingAt(9)...))
			if use.Known != known {
				t.Errorf("Rows = %+v, want known %v", use, known)
			}
		})
	}
	t.Run("no stack", func(t *testing.T) {
		if use := shop(t, counting).Rows(nil); use.Known {
			t.Errorf("Rows = %+v, want nothing known", use)
		}
	})
	t.Run("no go command", func(t *testing.T) {
		t.Setenv("PATH", "")
		if use := shop(t, counting).Rows(countingAt(9)); use.Known {
			t.Errorf("Rows = %+v, want nothing known", use)
		}
	})
}

// Files outside of the module are not looked at for stacks that come from a report.
func TestRootBoundsWhatIsRead(t *testing.T) {
	finder := shop(t, counting)
	for _, file := range []string{"../../../../etc/passwd", "/etc/passwd", "go.mod"} {
		if line := finder.Line(file, 1); line != "" {
			t.Errorf("Line(%q) = %q", file, line)
		}
	}
	if line := finder.Line("store/store.go", 1); line != "package store" {
		t.Errorf("Line = %q", line)
	}
}

// Source that came with the binary is put on disk to be loaded, and removed again.
func TestRowsOfEmbeddedSource(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	finder := source.New(source.WithFS("example.com/shop/store", fstest.MapFS{"store.go": {Data: []byte(counting)}}))
	stack := countingAt(9)
	stack[0].File = "/nowhere/store/store.go"
	use := finder.Rows(stack)
	if !use.Known || !use.Unread || len(use.Counts) != 1 || use.Counts[0].Line != 15 || use.Counts[0].Text != "n++" {
		t.Errorf("Rows = %+v, want rows counted at line 15", use)
	}
	if err := finder.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Many goroutines use one Finder, which asks once.
func TestRowsMayBeAskedConcurrently(t *testing.T) {
	finder := shop(t, counting)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if use := finder.Rows(countingAt(9)); !use.Known {
				t.Error("nothing is known")
			}
		})
	}
	wg.Wait()
}
