package ci

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// recipes are the files in docs/ci, which docs/ci.md shows.
var recipes = []string{"github.yml", "github-shards.yml", "gitlab.yml", "Makefile"}

func recipe(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "ci", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Proves that the page shows the recipes that are tested here, byte by byte, and no others.
func TestThePageShowsTheRecipes(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "ci.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range recipes {
		if !strings.Contains(string(page), "\n"+recipe(t, name)+"```\n") {
			t.Errorf("docs/ci.md does not show docs/ci/%s as it is", name)
		}
	}
	files, err := os.ReadDir(filepath.Join(root, "docs", "ci"))
	if err != nil || len(files) != len(recipes) {
		t.Errorf("docs/ci has %d files (%v), want those of %v", len(files), err, recipes)
	}
}

// A checkout is the sample repository, as a CI job finds it.
type checkout struct {
	t   *testing.T
	dir string
	env []string
}

func newCheckout(t *testing.T) *checkout {
	t.Helper()
	c := &checkout{t: t, dir: t.TempDir(), env: append(os.Environ(), "GOFLAGS="+goFlags, "GOWORK=off", "GITHUB_STEP_SUMMARY=")}
	if err := copySample(c.dir); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *checkout) replace(file, old, becomes string) {
	c.t.Helper()
	path := filepath.Join(c.dir, file)
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), old) {
		c.t.Fatalf("%s has no %q (%v)", file, old, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, becomes, 1)), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

// debt adds a statement to a loop that the baseline knows: the gate has to find it.
func (c *checkout) debt() {
	c.replace("shop/feed.go", "\t\tnames = append(names, name)\n",
		"\t\tvar n int\n\t\tif err := s.DB.QueryRowContext(ctx, \"SELECT count(*) FROM posts WHERE author_id = ?\", id).Scan(&n); err != nil {\n\t\t\treturn nil, err\n\t\t}\n\t\tnames = append(names, name)\n")
}

// sh runs a line of a recipe with a shell, as the CI system does, and returns its output and its exit code.
func (c *checkout) sh(line string, env ...string) (string, int) {
	c.t.Helper()
	cmd := exec.Command("bash", "-e", "-o", "pipefail", "-c", line)
	cmd.Dir, cmd.Env = c.dir, append(slices.Clone(c.env), env...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		c.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func (c *checkout) has(files ...string) {
	c.t.Helper()
	for _, file := range files {
		if info, err := os.Stat(filepath.Join(c.dir, file)); err != nil || info.Size() == 0 {
			c.t.Errorf("there is no %s (%v)", file, err)
		}
	}
}

// A workflow is the part of a GitHub workflow that is run here.
type workflow struct {
	Jobs map[string]struct {
		Env   map[string]string
		Steps []struct{ Name, Run, Uses string }
	}
}

// Proves that the steps of the GitHub workflows, run on this machine as they are written, pass a repository whose findings
// are in the baseline, and fail it with a new finding.
func TestTheGitHubRecipesRun(t *testing.T) {
	for _, name := range []string{"github.yml", "github-shards.yml"} {
		t.Run(name, func(t *testing.T) {
			var w workflow
			if err := yaml.Unmarshal([]byte(recipe(t, name)), &w); err != nil {
				t.Fatal(err)
			}
			c := newCheckout(t)
			step := func(job, step string, shard string) (string, int) {
				t.Helper()
				var env []string
				for k, v := range w.Jobs[job].Env {
					env = append(env, k+"="+v)
				}
				for _, s := range w.Jobs[job].Steps {
					if strings.HasPrefix(s.Name, step) {
						return c.sh(regexp.MustCompile(`\$\{\{ matrix\.shard \}\}`).ReplaceAllString(s.Run, shard), env...)
					}
				}
				t.Fatalf("no step %q in the job %q", step, job)
				return "", 0
			}
			test := func(code int) {
				t.Helper()
				got := 0
				for _, shard := range []string{"0", "1", "2", "3"} {
					if out, exit := step("test", "Test", shard); exit != 0 && exit != 1 && exit != 123 { // xargs says 123
						t.Fatalf("testing: exit code %d\n%s", exit, out)
					} else if exit != 0 {
						got = 1
					}
					if name == "github.yml" {
						break
					}
				}
				if got != code {
					t.Fatalf("testing failed: %v, want %v", got, code)
				}
			}
			gate := "gate"
			if name == "github.yml" {
				gate = "test"
			}
			test(0)
			if out, code := step(gate, "Report", ""); code != 0 || !strings.Contains(out, "nplusgone: no findings, 2 known") {
				t.Errorf("with old debts: exit code %d\n%s", code, out)
			}
			if name == "github.yml" {
				c.has("nplusgone.sarif")
			}
			c.debt()
			test(1)
			if out, code := step(gate, "Report", ""); code != 1 || !strings.Contains(out, "::error file=shop/feed.go,line=11,") {
				t.Errorf("with a new one: exit code %d\n%s", code, out)
			}
		})
	}
}

// gitlabKeywords are the keywords of a job in GitLab's CI/CD YAML reference that the recipe uses.
var gitlabKeywords = []string{"stage", "image", "parallel", "variables", "script", "artifacts", "when", "needs"}

// Proves that the jobs of GitLab's pipeline have GitLab's keywords only, pass runs on, and pass the repository.
func TestTheGitLabRecipeRuns(t *testing.T) {
	var raw map[string]yaml.Node
	if err := yaml.Unmarshal([]byte(recipe(t, "gitlab.yml")), &raw); err != nil {
		t.Fatal(err)
	}
	type job struct {
		Stage     string
		Parallel  int
		Variables map[string]string
		Script    []string
		Needs     []string
		Artifacts struct {
			Paths   []string
			Reports map[string]string
		}
	}
	jobs := map[string]job{}
	for name, node := range raw {
		if name == "stages" {
			continue
		}
		var keys map[string]any
		var j job
		if err := node.Decode(&keys); err != nil {
			t.Fatal(err)
		}
		for key := range keys {
			if !slices.Contains(gitlabKeywords, key) {
				t.Errorf("the job %s has %q, which is none of %v", name, key, gitlabKeywords)
			}
		}
		if err := node.Decode(&j); err != nil {
			t.Fatal(err)
		}
		jobs[name] = j
	}
	test, gate := jobs["test"], jobs["nplusgone"]
	if test.Parallel < 2 || !slices.Equal(gate.Needs, []string{"test"}) || !slices.Equal(test.Artifacts.Paths, []string{test.Variables["NPLUSGONE_DIR"] + "/"}) {
		t.Errorf("the jobs do not pass runs on: %+v", jobs)
	}
	c := newCheckout(t)
	var env []string
	for k, v := range test.Variables {
		env = append(env, k+"="+v)
	}
	for i := range test.Parallel {
		if out, code := c.sh(test.Script[0], append(env, "CI_NODE_TOTAL=4", "CI_NODE_INDEX="+string(rune('1'+i)))...); code != 0 {
			t.Fatalf("testing: exit code %d\n%s", code, out)
		}
	}
	if out, code := c.sh(gate.Script[0]); code != 0 || !strings.Contains(out, "no findings, 2 known") {
		t.Errorf("the gate: exit code %d\n%s", code, out)
	}
	c.has(gate.Artifacts.Reports["codequality"], gate.Artifacts.Reports["junit"])
}

// Proves that the Makefile's targets do what their comments say.
func TestTheMakefileRuns(t *testing.T) {
	c := newCheckout(t)
	if err := os.WriteFile(filepath.Join(c.dir, "Makefile"), []byte(recipe(t, "Makefile")), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, code := c.sh("make --no-print-directory check"); code != 0 || !strings.Contains(out, "no findings, 2 known") {
		t.Errorf("make check: exit code %d\n%s", code, out)
	}
	c.debt()
	if out, code := c.sh("make --no-print-directory check"); code == 0 || !strings.Contains(out, "new findings count (likely or above): 1") {
		t.Errorf("make check with a new debt: exit code %d\n%s", code, out)
	}
	if out, code := c.sh("make --no-print-directory baseline check"); code != 0 || !strings.Contains(out, "5 entries, 1 of them new") {
		t.Errorf("make baseline check: exit code %d\n%s", code, out)
	}
	c.replace("shop/feed.go", "SELECT count(*) FROM posts WHERE author_id = ?", "SELECT 1 + ?")
	if out, code := c.sh("make --no-print-directory prune"); code != 0 || !strings.Contains(out, "4 entries, 1 removed") {
		t.Errorf("make prune: exit code %d\n%s", code, out)
	}
}
