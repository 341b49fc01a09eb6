package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

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
	env.Setenv("GOFLAGS", strings.TrimSpace(vars["GOFLAGS"]+" -mod=mod")) // the sample may be behind the module's own requirements
	env.Setenv("GOWORK", "off")
	return nil
}

// sample copies the sample repository into the script's folder and makes it use this module: sample DIR.
func sample(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sample DIR")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	ts.Check(err)
	to := ts.MkAbs(args[0])
	ts.Check(os.CopyFS(to, os.DirFS(filepath.Join(root, "testdata", "gate"))))
	for _, file := range []string{"go.mod"} {
		path := filepath.Join(to, file)
		text, err := os.ReadFile(path)
		ts.Check(err)
		ts.Check(os.WriteFile(path, []byte(strings.Replace(string(text), "=> ../..", "=> "+root, 1)), 0o644))
	}
}

// edit replaces text in a file, where it has to be once: edit FILE OLD NEW. In OLD and NEW, \\n is a line break.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	path := ts.MkAbs(args[0])
	text, err := os.ReadFile(path)
	ts.Check(err)
	breaks := strings.NewReplacer(`\n`, "\n", `\t`, "\t")
	was, becomes := breaks.Replace(args[1]), breaks.Replace(args[2])
	if n := strings.Count(string(text), was); n != 1 {
		ts.Fatalf("%q is %d times in %s", was, n, args[0])
	}
	ts.Check(os.WriteFile(path, []byte(strings.Replace(string(text), was, becomes, 1)), 0o644))
}
