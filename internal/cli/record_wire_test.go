package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/overlay"
)

// Proves which modules make the recorder follow connections: pgx and what it connects with, whether a go.mod requires it directly or not,
// and a module that is pgx itself.
func TestWireClients(t *testing.T) {
	for name, test := range map[string]struct {
		module, require string
		want            []wireClient
	}{
		"none":        {"example.com/app", "require github.com/lib/pq v1.10.9", nil},
		"pgx v5":      {"example.com/app", "require github.com/jackc/pgx/v5 v5.13.0 // indirect", []wireClient{{"github.com/jackc/pgx/v5", "v5.13.0"}}},
		"its parts":   {"example.com/app", "require github.com/jackc/pgpassfile v1.0.0", nil},
		"pgx v4":      {"example.com/app", "require github.com/jackc/pgx/v4 v4.18.3", []wireClient{{"github.com/jackc/pgx/v4", "v4.18.3"}}},
		"pgx itself":  {"github.com/jackc/pgx/v5", "", []wireClient{{"github.com/jackc/pgx/v5", ""}}},
		"without mod": {"example.com/app", "-", nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := module{Path: test.module, Dir: t.TempDir()}
			if test.require != "-" {
				m.GoMod = filepath.Join(m.Dir, "go.mod")
				if err := os.WriteFile(m.GoMod, []byte("module "+test.module+"\n\ngo 1.26\n\n"+test.require+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, err := wireClients(t.Context(), &overlay.Toolchain{Command: "go", Env: os.Environ()}, []module{m})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Proves which versions of pgx are not seen.
func TestUnseenClients(t *testing.T) {
	versions := map[string]bool{
		"v5.0.0": true, "v5.3.1": true, "v5.4.0": false, "v5.13.0": false, "v5.30.0": false, "v4.18.3": false, "": false,
	}
	for version, want := range versions {
		if got := (wireClient{"github.com/jackc/pgx/v5", version}).unseen(); got != want {
			t.Errorf("%q: %v, want %v", version, got, want)
		}
	}
}
