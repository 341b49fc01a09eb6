package zerochange

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// outputs runs go test and "nplusgone test" with the same arguments in a folder, and returns their outputs. The report goes to a file.
func outputs(t *testing.T, dir string, args ...string) (bare, with, report string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report")
	run := func(name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput()
		return regexp.MustCompile(`\d+\.\d+s`).ReplaceAllString(string(out), "TIME")
	}
	bare = run("go", append([]string{"test", "-count=1"}, args...)...)
	with = run(build(t), append([]string{"test", "-report", file}, args...)...)
	text, _ := os.ReadFile(file)
	return bare, with, string(text)
}

// Proves that coverage is that of go test, and that the loops are inferred then, which the command says.
func TestCoverage(t *testing.T) {
	profiles := t.TempDir()
	bare, with, report := outputs(t, "loops", "-coverprofile="+filepath.Join(profiles, "cover"), "./...")
	if !strings.Contains(bare, "coverage: ") || !strings.HasPrefix(with, bare) {
		t.Errorf("go test writes\n%s\nand the command\n%s", bare, with)
	}
	if why := "inferred, not measured: counters would be part of the coverage"; !strings.Contains(with, why) {
		t.Errorf("the output has no %q:\n%s", why, with)
	}
	if strings.Contains(report, "; measured\n") || !strings.Contains(report, "; inferred\n") {
		t.Errorf("a loop is measured:\n%s", report)
	}
}

// Proves that messages of the compiler and of vet, and the lines of a panic, are those of the original files.
func TestPositionsOfMessages(t *testing.T) {
	for name, text := range map[string]string{
		"vet":      "for _, x := range list { f(x); fmt.Printf(\"%s\\n\", x) }",
		"compiler": "for _, x := range list { f(x); var y string = x; fmt.Println(y) }",
		"panic":    "for _, x := range list { f(x); if x > 1 { panic(fmt.Sprint(x)) } }",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range map[string]string{
				"go.mod":    "module example.com/wrong\n\ngo 1.26\n",
				"a.go":      "package wrong // import \"example.com/wrong\"\n\nimport \"fmt\"\n\nfunc each(list []int, f func(int)) {\n\t" + text + "\n}\n",
				"a_test.go": "package wrong\n\nimport \"testing\"\n\nfunc Test(t *testing.T) {\n\tfor range 3 {\n\t\teach([]int{1, 2}, func(int) {})\n\t}\n}\n",
			} {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			bare, with, _ := outputs(t, dir, "./...")
			lines := regexp.MustCompile(`\S+\.go:\d+(:\d+)?`)
			want, got := lines.FindAllString(bare, -1), lines.FindAllString(with, -1)
			keep := func(list []string) string { // of this module
				var own []string
				for _, s := range list {
					if !strings.Contains(s, "/src/") {
						own = append(own, s)
					}
				}
				return strings.Join(own, "\n")
			}
			if keep(want) != keep(got) || keep(want) == "" {
				t.Errorf("positions %q, want %q; the command writes\n%s", keep(got), keep(want), with)
			}
		})
	}
}

// Proves that -loops=inferred leaves the application's files as they are, and that the command says so.
func TestInferredLoops(t *testing.T) {
	_, with, report := outputs(t, "loops", "-loops=inferred", "-run=Test/outer", ".")
	if !strings.Contains(with, "-loops=inferred") || !strings.Contains(report, "; inferred\n") {
		t.Errorf("the command writes\n%s\nand the report\n%s", with, report)
	}
}
