package cases

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A build is a folder with the nplusgone command and the test binaries of the cases.
type build struct {
	folder string
	plain  string // folder of the module without nplusgone, with -zero
	output string // output of the compiler; a case whose binary is missing does not compile
}

// buildAll builds the nplusgone command of this repository, and the test binary of each case.
func buildAll(folder string, cases []string) (build, error) {
	b := build{folder: folder}
	command := exec.Command("go", "build", "-p", "2", "-o", b.command(), "./cmd/nplusgone")
	command.Dir = "../.."
	if out, err := command.CombinedOutput(); err != nil {
		return b, fmt.Errorf("build nplusgone: %w\n%s", err, out)
	}
	if *zero {
		b.plain = filepath.Join(folder, "plain")
		return b, plainModule(b.plain)
	}
	// Without -s and -w, go test -c adds debug information, which go test omits. Linking takes longer with it.
	args := []string{"test", "-c", "-p", "2", "-ldflags=-s -w", "-o", folder + string(filepath.Separator)}
	for _, c := range cases {
		args = append(args, "./"+c)
	}
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		b.output = string(out)
	}
	return b, nil
}

func (b build) command() string { return filepath.Join(b.folder, "nplusgone") }

// binary returns the test binary of a case, or an error if the case does not compile.
func (b build) binary(folder string) (string, error) {
	file := filepath.Join(b.folder, folder+".test")
	if _, err := os.Stat(file); err != nil {
		return "", fmt.Errorf("it does not compile: %s", strings.TrimSpace(b.output))
	}
	return file, nil
}
