package cli

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
)

const commandPackage = "github.com/nplusgone/nplusgone/cmd/nplusgone"

// self returns how the user started this command, for hints: the name or path of an installed binary, or the go command
// that built it.
func self() string {
	executable, err := os.Executable()
	if err != nil {
		executable = os.Args[0]
	}
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
	}
	return startedAs(os.Args[0], executable, dir, version)
}

// startedAs returns the command line for a program with the given os.Args[0], path, working directory and version of its
// main module. The go command runs what it builds from a temporary folder or from its cache, for go run and for go tool.
func startedAs(arg0, executable, dir, version string) string {
	switch {
	case !builtByGo.MatchString(filepath.ToSlash(executable)):
		return arg0
	case isDir(filepath.Join(dir, "cmd", "nplusgone")):
		return "go run ./cmd/nplusgone"
	case hasTool(dir):
		return "go tool nplusgone"
	case version == "" || version == "(devel)":
		return "go run " + commandPackage
	}
	return "go run " + commandPackage + "@" + version
}

var builtByGo = regexp.MustCompile(`/go-build[0-9]+/b[0-9]+/exe/[^/]+$|/[0-9a-f]{2}/[0-9a-f]{64}-d/[^/]+$`)

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// hasTool reports whether the module around dir has this command as a tool.
func hasTool(dir string) bool {
	for {
		if file, err := os.Open(filepath.Join(dir, "go.mod")); err == nil {
			defer file.Close()
			lines := bufio.NewScanner(file)
			for lines.Scan() {
				if strings.TrimPrefix(strings.TrimSpace(lines.Text()), "tool ") == commandPackage {
					return true
				}
			}
			return false
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}
