package ci

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// goFlags lets the go command add what the sample's go.mod does not list.
const goFlags = "-mod=mod"

// root is the folder of the repository.
var root = func() string {
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
}()

// useGo lets a script run the go command with the caches of this machine.
func useGo(env *testscript.Env) error {
	out, err := exec.Command("go", "env", "-json", "GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY", "GOTOOLCHAIN", "GOFLAGS").Output()
	if err != nil {
		return err
	}
	var vars map[string]string
	if err := json.Unmarshal(out, &vars); err != nil {
		return err
	}
	for name, value := range vars {
		env.Setenv(name, value)
	}
	env.Setenv("GOFLAGS", strings.TrimSpace(vars["GOFLAGS"]+" "+goFlags))
	env.Setenv("GOWORK", "off")
	return nil
}

// copySample copies the sample repository to dir and makes it use this repository's nplusgone.
func copySample(dir string) error {
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata", "gate"))); err != nil {
		return err
	}
	path := filepath.Join(dir, "go.mod")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strings.Replace(string(text), "=> ../..", "=> "+root, 1)), 0o644)
}

// sample copies the sample repository into the script's folder: sample DIR.
func sample(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sample DIR")
	}
	ts.Check(copySample(ts.MkAbs(args[0])))
}

// edit replaces text that a file has exactly once: edit FILE OLD NEW. In OLD and NEW, \n is a line break and \t a tab.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	path := ts.MkAbs(args[0])
	text, err := os.ReadFile(path)
	ts.Check(err)
	breaks := strings.NewReplacer(`\n`, "\n", `\t`, "\t")
	from, to := breaks.Replace(args[1]), breaks.Replace(args[2])
	if n := strings.Count(string(text), from); n != 1 {
		ts.Fatalf("%q is %d times in %s", from, n, args[0])
	}
	ts.Check(os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o644))
}
