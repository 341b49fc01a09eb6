package layers_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	_ "gorm.io/driver/mysql" // the examples need it
)

// The examples on GORM that the command shows compile, as a package of this module that is not on disk.
func TestExamplesCompile(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(here, "examples", "gorm.go"): filepath.Join(here, "..", "..", "internal", "cli", "examples", "gorm.go.txt"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-overlay", file, "./examples").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
