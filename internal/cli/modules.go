package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/printable"
)

// A plan is what the command runs.
type plan struct {
	parts  []*recording // one for each run of go test
	before string       // says in which modules, if a single run of go test in the folder does not reach them
	notes  []string     // say which modules are not reached
}

// plan returns one run of go test, or where go test reaches no module, and with -modules, one for each module below in the same
// repository. Modules of a workspace are tested by one run.
func (t *recording) plan(ctx context.Context) (*plan, error) {
	p := &plan{parts: []*recording{t}}
	if t.verb != "test" {
		return p, nil
	}
	r, err := t.repository(ctx)
	if err != nil || r == nil {
		return p, err
	}
	var parts []*recording
	switch {
	case r.module == "" && !r.bounded() && !t.modules:
		p.notes = []string{"in a folder that is in no module and no repository, -modules tests the modules below"}
		return p, nil
	case r.module != "" && !t.modules:
		r.reached[r.module] = true
	case len(r.work) > 0:
		parts = r.ofWorkspace(t)
	default:
		parts = r.ofModules(t)
	}
	if len(parts) > 1 && filepath.IsAbs(t.profile) {
		return nil, withHint(fmt.Errorf("-coverprofile=%s names one file, and %d modules would write it", t.profile, len(parts)),
			"without a folder, each module has a file in its own one")
	}
	if len(parts) > 0 { // otherwise go test says what is wrong
		p.parts = parts
		var dirs []string
		for _, module := range slices.Sorted(maps.Keys(r.reached)) {
			dirs = append(dirs, shown(r.root, module))
		}
		p.before = "go test runs in " + inModules(dirs)
	}
	p.notes = r.notes()
	return p, nil
}

// controls are the folders and files that a version control system has at the root of a repository.
var controls = []string{".git", ".hg", ".jj", ".svn", ".bzr"}

// isControlled reports whether a folder is the root of a repository.
func isControlled(dir string) bool {
	return slices.ContainsFunc(controls, func(name string) bool {
		_, err := os.Lstat(filepath.Join(dir, name))
		return err == nil
	})
}

// A repository is what the folders below that of the command have.
type repository struct {
	root      string // absolute
	module    string // folder of the module that the command runs in; empty for none
	versioned bool   // the folder of the command is in a repository of a version control system
	work      []string
	skipped   []string // folders of the Go installation and of its caches
	targets   []target
	tested    map[string]bool // folders of modules, and whether they have test files
	reached   map[string]bool // folders of modules whose tests run
	paths     map[string]int  // how many modules have a path
}

// bounded reports whether it is known which modules belong together. The folder may be any, also that of all the user's repositories.
func (r *repository) bounded() bool { return r.versioned || len(r.work) > 0 }

// repository finds the modules that the packages of the command are in, and those below them. It is nil if the packages are not named by
// folders.
func (t *recording) repository(ctx context.Context) (*repository, error) {
	r := &repository{tested: make(map[string]bool), reached: make(map[string]bool), paths: make(map[string]int)}
	var err error
	if r.root, err = filepath.Abs(t.dir); err != nil {
		return nil, fmt.Errorf("finding the folder: %w", cause(err))
	}
	if r.root, err = filepath.EvalSymlinks(r.root); err != nil {
		return nil, nil // go test says that it is not there
	}
	for _, text := range t.packages() {
		target, ok := r.target(text)
		if !ok {
			return nil, nil
		}
		r.targets = append(r.targets, target)
	}
	if len(r.targets) == 0 {
		return nil, nil
	}
	cmd := exec.CommandContext(ctx, "go", "env", "-json", "GOMOD", "GOWORK", "GOMODCACHE", "GOROOT")
	cmd.Dir = r.root
	out, err := cmd.Output()
	var env struct{ GOMOD, GOWORK, GOMODCACHE, GOROOT string }
	if err != nil || json.Unmarshal(out, &env) != nil || env.GOMOD == "" {
		return nil, nil // what comes next fails with the reason
	}
	if env.GOMOD != os.DevNull {
		r.module = filepath.Dir(env.GOMOD)
	}
	if env.GOWORK != "" && env.GOWORK != "off" {
		cmd := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}")
		cmd.Dir = r.root
		if out, err = cmd.Output(); err != nil {
			return nil, nil
		}
		r.work = strings.Split(strings.TrimSpace(string(out)), "\n")
	}
	r.skipped = []string{env.GOMODCACHE, env.GOROOT}
	for dir := r.root; !r.versioned; dir = filepath.Dir(dir) {
		if r.versioned = isControlled(dir); dir == filepath.Dir(dir) {
			break
		}
	}
	if r.module == "" && !r.bounded() && !t.modules {
		return r, nil
	}
	for _, target := range r.targets {
		if err := r.find(target); err != nil {
			return nil, err
		}
	}
	for module := range r.tested {
		r.paths[modulePath(module)]++
	}
	return r, nil
}

// A target is an argument that names packages by folders: ./store, ./..., or ./internal/.../store.
type target struct {
	text string
	base string // absolute folder
	rest string // what follows, from the name with "..." on; empty for one package
}

// target reads an argument of go test.
func (r *repository) target(text string) (t target, ok bool) {
	local := text == "." || text == ".." || strings.HasPrefix(text, "./") || strings.HasPrefix(text, "../")
	if !local && !filepath.IsAbs(text) {
		return target{}, false
	}
	t = target{text: text, base: text}
	if i := strings.Index(text, "..."); i >= 0 {
		slash := strings.LastIndexByte(text[:i], '/')
		t.base, t.rest = text[:slash+1], text[slash+1:]
	}
	if local {
		t.base = filepath.Join(r.root, t.base)
	}
	t.base = filepath.Clean(t.base)
	return t, true
}

// find finds the module that a target is in, and those below it.
func (r *repository) find(t target) error {
	for dir := t.base; ; dir = filepath.Dir(dir) {
		if isModule(dir) {
			r.add(dir)
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if t.rest == "" {
		return nil
	}
	return filepath.WalkDir(t.base, func(name string, e fs.DirEntry, err error) error {
		base := filepath.Base(name)
		switch {
		case err != nil:
			return nil // the go command reports what it cannot read
		case e.IsDir() && name != t.base && (slices.Contains(r.skipped, name) || base == "node_modules" || base == "vendor" || base == "testdata" ||
			strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || isControlled(name)): // another repository
			return filepath.SkipDir
		case e.IsDir() && isModule(name):
			r.add(name)
		case strings.HasSuffix(base, "_test.go"):
			if m := r.moduleOf(filepath.Dir(name)); m != "" {
				r.tested[m] = true
			}
		}
		return nil
	})
}

// add adds a module.
func (r *repository) add(dir string) {
	if _, ok := r.tested[dir]; !ok {
		r.tested[dir] = false
	}
}

func isModule(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil && !info.IsDir()
}

// moduleOf returns the folder of the module that a folder is in; empty for none.
func (r *repository) moduleOf(dir string) string {
	for {
		if _, ok := r.tested[dir]; ok {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// in returns the target as an argument in a module, with the folder below the module's. It is not ok if the target has no package there.
func (r *repository) in(module string, t target) (dir, rest string, ok bool) {
	if below(module, t.base) {
		return t.base, t.rest, r.moduleOf(t.base) == module
	}
	return module, t.rest, below(t.base, module) && strings.HasPrefix(t.rest, "...")
}

// below reports whether a folder is another one or below it.
func below(dir, name string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// packages returns the arguments of go test for a module, relative to the folder dir.
func (r *repository) packages(module, dir string) (args []string) {
	for _, t := range r.targets {
		base, rest, ok := r.in(module, t)
		if !ok {
			continue
		}
		arg := shown(dir, base)
		if rest != "" {
			arg = strings.TrimSuffix(arg, "/") + "/" + rest
		}
		if !slices.Contains(args, arg) {
			args = append(args, arg)
		}
	}
	return args
}

// shown returns a folder relative to another one, as an argument of the go command.
func shown(dir, name string) string {
	rel, err := filepath.Rel(dir, name)
	switch {
	case err != nil:
		return name
	case rel == "." || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)):
		return filepath.ToSlash(rel)
	}
	return "./" + filepath.ToSlash(rel)
}

// ofModules returns a recording for each module with a package.
func (r *repository) ofModules(t *recording) (parts []*recording) {
	for _, module := range slices.Sorted(maps.Keys(r.tested)) {
		list := r.packages(module, module)
		if len(list) == 0 {
			continue
		}
		r.reached[module] = true
		part := *t
		part.dir, part.module, part.root = module, shown(r.root, module), r.root
		if r.paths[modulePath(module)] > 1 {
			part.twin = part.module
		}
		_, rest := splitFolder(t.withPackages(list))
		part.args = append([]string{"-C", module}, rest...)
		parts = append(parts, &part)
	}
	return parts
}

// ofWorkspace returns one recording for all modules of the workspace that have a package.
func (r *repository) ofWorkspace(t *recording) []*recording {
	var list []string
	for _, module := range slices.Sorted(maps.Keys(r.tested)) {
		if args := r.packages(module, r.root); len(args) > 0 && slices.Contains(r.work, module) {
			r.reached[module] = true
			list = append(list, args...)
		}
	}
	if len(list) == 0 {
		return nil
	}
	part := *t
	part.args = t.withPackages(list)
	return []*recording{&part}
}

// notes says which modules have tests that do not run.
func (r *repository) notes() (lines []string) {
	var reachable, outside []string
	for _, module := range slices.Sorted(maps.Keys(r.tested)) {
		switch {
		case !r.tested[module] || r.reached[module]:
		case len(r.work) > 0 && !slices.Contains(r.work, module):
			outside = append(outside, shown(r.root, module))
		default:
			reachable = append(reachable, shown(r.root, module))
		}
	}
	if len(reachable) > 0 {
		lines = append(lines, fmt.Sprintf("go test does not reach %s: -modules tests them too", inModules(reachable)))
	}
	if len(outside) > 0 {
		lines = append(lines, fmt.Sprintf("go test does not reach %s: not in go.work", inModules(outside)))
	}
	return lines
}

// inModules names modules by their folders.
func inModules(dirs []string) string {
	const most = 5
	if n := len(dirs) - most; n > 1 {
		dirs = append(slices.Clone(dirs[:most]), fmt.Sprintf("%d more", n))
	}
	list := printable.Line(strings.Join(dirs, ", "))
	if i := strings.LastIndex(list, ", "); i >= 0 {
		return "the modules in " + list[:i] + " and " + list[i+2:]
	}
	return "the module in " + list
}
