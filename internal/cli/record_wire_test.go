package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/overlay"
)

// Proves which modules need which parts of the overlay: pgx and what it connects with, and Ginkgo v2, whether a go.mod requires them
// directly or not, and a module that is pgx itself.
func TestNeededParts(t *testing.T) {
	wire := []overlay.Part{overlay.Wire}
	for name, test := range map[string]struct {
		module, require string
		want            []wireClient
		parts           []overlay.Part
	}{
		"none":        {"example.com/app", "require github.com/lib/pq v1.10.9", nil, nil},
		"pgx v5":      {"example.com/app", "require github.com/jackc/pgx/v5 v5.13.0 // indirect", []wireClient{{"github.com/jackc/pgx/v5", "v5.13.0"}}, wire},
		"its parts":   {"example.com/app", "require github.com/jackc/pgpassfile v1.0.0", nil, nil},
		"pgx v4":      {"example.com/app", "require github.com/jackc/pgx/v4 v4.18.3", []wireClient{{"github.com/jackc/pgx/v4", "v4.18.3"}}, wire},
		"pgx itself":  {"github.com/jackc/pgx/v5", "", []wireClient{{"github.com/jackc/pgx/v5", ""}}, wire},
		"Ginkgo":      {"example.com/app", "require github.com/onsi/ginkgo/v2 v2.34.0", nil, []overlay.Part{overlay.Specs}},
		"Ginkgo v1":   {"example.com/app", "require github.com/onsi/ginkgo v1.16.5", nil, nil},
		"without mod": {"example.com/app", "-", nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := module{Path: test.module, Dir: t.TempDir()}
			if test.require != "-" {
				m.GoMod = filepath.Join(m.Dir, "go.mod")
				if err := os.WriteFile(m.GoMod, []byte("module "+test.module+"\n\ngo 1.26\n\n"+test.require+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s := &setup{tool: &overlay.Toolchain{Command: "go", Env: os.Environ()}, modules: []module{m}}
			parts, err := s.need(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, s.clients); diff != "" {
				t.Errorf("clients (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.parts, parts); diff != "" {
				t.Errorf("parts of the overlay (-want +got):\n%s", diff)
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
