package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// Proves that hints name the command as it was started: an installed binary, go run, or go tool.
func TestStartedAs(t *testing.T) {
	const (
		temporary = "/tmp/go-build1442524543/b001/exe/nplusgone"
		cached    = "/root/.cache/go-build/c5/c5c763e7ba26bdac24da5b8908a189f5e7c072da9ced75124cccf0616c6f68c3-d/nplusgone"
	)
	empty, repository, user := t.TempDir(), t.TempDir(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(repository, "cmd", "nplusgone"), 0o755); err != nil {
		t.Fatal(err)
	}
	below := filepath.Join(user, "below")
	if err := os.Mkdir(below, 0o755); err != nil {
		t.Fatal(err)
	}
	mod := "module example.com/shop\n\ntool (\n\texample.com/other\n\t" + commandPackage + "\n)\n"
	if err := os.WriteFile(filepath.Join(user, "go.mod"), []byte(mod), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ arg0, executable, dir, version, want string }{
		{"nplusgone", "/home/ann/go/bin/nplusgone", repository, "v0.1.0", "nplusgone"},
		{"./nplusgone", "/home/ann/nplusgone", empty, "", "./nplusgone"},
		{temporary, temporary, repository, "(devel)", "go run ./cmd/nplusgone"},
		{cached, cached, repository, "(devel)", "go run ./cmd/nplusgone"},
		{cached, cached, user, "v0.1.0", "go tool nplusgone"},
		{cached, cached, below, "v0.1.0", "go tool nplusgone"},
		{temporary, temporary, empty, "v0.1.0", "go run " + commandPackage + "@v0.1.0"},
		{temporary, temporary, empty, "(devel)", "go run " + commandPackage},
	} {
		if got := startedAs(tt.arg0, tt.executable, tt.dir, tt.version); got != tt.want {
			t.Errorf("%s in %s is called as %q, want %q", tt.executable, tt.dir, got, tt.want)
		}
	}
}
