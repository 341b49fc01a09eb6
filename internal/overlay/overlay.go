package overlay

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/atomicfile"
)

//go:embed all:_std
var added embed.FS

// An Overlay is a changed standard library.
type Overlay struct {
	File string // the file for the flag -overlay

	tool    *Toolchain
	parts   []Part
	changes []string
	content replacement
}

// A replacement is the content of the file for the flag -overlay.
type replacement struct{ Replace map[string]string }

// Make makes the overlay for a toolchain, in a folder of the directory cache that is named by its content: later runs use it again, and
// the build cache stays valid. user is an overlay file of the user's own, or empty; the replacements in it are kept. parts are those that
// the module needs.
func Make(t *Toolchain, cache, user string, parts ...Part) (*Overlay, error) {
	files, changes, err := t.files(parts)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %s\n", t.GOROOT, t.Version)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(h, "%s %d\n%s", name, len(files[name]), files[name])
	}
	dir, err := filepath.Abs(filepath.Join(cache, t.Version+"-"+hex.EncodeToString(h.Sum(nil))[:16]))
	if err != nil {
		return nil, fmt.Errorf("overlay: finding the cache: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("overlay: making the cache: %w", err)
	}
	if err := t.link(dir); err != nil {
		return nil, err
	}
	r := replacement{map[string]string{}}
	o := &Overlay{tool: t, parts: parts, changes: changes, content: r}
	if user != "" {
		if err := r.read(user); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		to := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		if err := atomicfile.Write(to, files[name]); err != nil {
			return nil, fmt.Errorf("overlay: %w", err)
		}
		original := filepath.Join(t.GOROOT, "src", filepath.FromSlash(name))
		if other, taken := r.Replace[original]; taken {
			return nil, fmt.Errorf("overlay: the overlay %s replaces %s too, by %s", user, original, other)
		}
		r.Replace[original] = to
	}
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return nil, fmt.Errorf("overlay: encoding: %w", err)
	}
	sum := sha256.Sum256(text) // a user's overlay makes another one
	o.File = filepath.Join(dir, "overlay-"+hex.EncodeToString(sum[:4])+".json")
	if err := atomicfile.Write(o.File, string(text)); err != nil {
		return nil, fmt.Errorf("overlay: %w", err)
	}
	return o, nil
}

// Replaced returns the replacements of the user's own overlay, and those of the standard library.
func (o *Overlay) Replaced() map[string]string { return o.content.Replace }

// Add adds replacements of files of the application. The file for the flag -overlay is then one in dir.
func (o *Overlay) Add(replace map[string]string, dir string) error {
	for original, to := range replace {
		o.content.Replace[original] = to
	}
	text, err := json.Marshal(o.content)
	if err != nil {
		return fmt.Errorf("overlay: encoding: %w", err)
	}
	o.File = filepath.Join(dir, "overlay.json")
	if err := atomicfile.Write(o.File, string(text)); err != nil {
		return fmt.Errorf("overlay: %w", err)
	}
	return nil
}

// A Part is a part of the overlay that only some modules need: the packages that it changes are compiled again, and what imports them.
type Part string

// The parts.
const (
	Wire  Part = "wire"  // connections to PostgreSQL are followed, for clients that do not use database/sql
	Specs Part = "specs" // specs of Ginkgo are scopes
)

// partOf has the packages that are changed only with a part.
var partOf = map[string]Part{"net": Wire, "crypto/tls": Wire, "context": Specs}

// files returns the files of the overlay by their names below GOROOT/src, and the changed lines.
func (t *Toolchain) files(parts []Part) (files map[string]string, changes []string, err error) {
	files = make(map[string]string)
	for _, name := range edited(parts) {
		text, err := os.ReadFile(filepath.Join(t.GOROOT, "src", filepath.FromSlash(name)))
		if err != nil {
			return nil, nil, fmt.Errorf("overlay: reading the standard library: %w", err)
		}
		if files[name], err = apply(name, string(text), t.Version); err != nil {
			return nil, nil, fmt.Errorf("overlay: this standard library is not known, so nothing can be recorded: %w", err)
		}
		changes = append(changes, changed(name, string(text), files[name])...)
	}
	err = fs.WalkDir(added, "_std", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		to := strings.TrimPrefix(name, "_std/")
		if part := partOf[path.Dir(to)]; part != "" && !slices.Contains(parts, part) {
			return nil
		}
		text, err := fs.ReadFile(added, name)
		files[to] = string(text)
		changes = append(changes, path.Join("src", to)+": added")
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("overlay: reading the recorder: %w", err)
	}
	return files, changes, nil
}

// changed returns the lines that differ between two texts with the same number of lines.
func changed(name, old, now string) (lines []string) {
	was := strings.Split(old, "\n")
	for i, line := range strings.Split(now, "\n") {
		if i >= len(was) || line != was[i] {
			lines = append(lines, fmt.Sprintf("src/%s:%d: %s", name, i+1, strings.TrimSpace(line)))
		}
	}
	return lines
}

// Changes returns the lines that the overlay changes and the files that it adds.
func (o *Overlay) Changes() []string { return o.changes }

// Check returns an error if the go command does not use the overlay: with another GOROOT than the one that it was made for, the go
// command ignores it without a message.
func (o *Overlay) Check(ctx context.Context) error {
	packages := []string{"internal", "database/sql", "testing", "net/http", "runtime/pprof"}
	for pkg, part := range partOf {
		if slices.Contains(o.parts, part) {
			packages = append(packages, pkg)
		}
	}
	args := append([]string{"list", "-e", "-overlay=" + o.File, "-f", "{{.ImportPath}}: {{.GoFiles}}", "--"}, packages...)
	out, err := o.tool.run(ctx, args...)
	if err != nil {
		return err
	}
	for _, pkg := range packages {
		found := false
		for line := range strings.Lines(string(out)) {
			found = found || strings.HasPrefix(line, pkg+": ") && strings.Contains(line, "nplusgone")
		}
		if !found {
			return fmt.Errorf("overlay: the go command does not use the recorder in package %s of %s: nothing would be recorded", pkg, o.tool.GOROOT)
		}
	}
	return nil
}

// read adds the replacements of an overlay file.
func (r *replacement) read(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("overlay: reading the overlay of the flag -overlay: %w", err)
	}
	var other replacement
	if err := json.Unmarshal(text, &other); err != nil {
		return fmt.Errorf("overlay: reading the overlay %s: %w", file, err)
	}
	for original, to := range other.Replace {
		r.Replace[original] = to
	}
	return nil
}
