package frame

import (
	"path"
	"strings"
)

// Relative returns the path of function's file from the root of the main module, with slashes. It does not touch the
// disk: the import path says where the folder is. The file of a package outside the main module is led by its import
// path instead. A relative path that the module's path does not lead is returned as it is.
func Relative(function, file string) string { return current().relative(function, file) }

// Module returns the path of the main module, "" if the binary does not say it.
func Module() string { return current().module }

// Root returns the folder of the main module on the machine that compiled it, "" until [User] or [Relative] has seen a
// frame that shows it, and always when paths were trimmed.
func Root() string { return current().learn("", "") }

func (b *build) relative(function, file string) string {
	if module, rest, ok := version(file); ok && b.ofMain(module) {
		return rest
	}
	if !absolute(file) {
		if rest, ok := strings.CutPrefix(file, b.module+"/"); ok && b.module != "" {
			return rest
		}
		return path.Clean(file)
	}
	if root := b.learn(function, file); root != "" {
		if rest, ok := strings.CutPrefix(file, root+"/"); ok {
			return rest
		}
	}
	folder, dir := b.folder(function, file), path.Dir(file)
	if !b.inModule(folder) {
		if folder == "command-line-arguments" {
			folder = ""
		}
		return path.Join(folder, path.Base(file))
	}
	below := strings.TrimPrefix(strings.TrimPrefix(folder, b.module), "/")
	if below != "" && !strings.HasSuffix(dir, "/"+below) {
		// Inlined from another package of the module: only the last folder is certain.
		below = path.Base(dir)
	}
	return path.Join(below, path.Base(file))
}

// learn returns the folder of the main module, "" while it is unknown. It is derived from the first declared function of
// the module; the name of a literal may be that of another package, see the package comment. All frames of a binary give
// the same folder.
func (b *build) learn(function, file string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.root != "" || !absolute(file) || !strings.HasSuffix(file, ".go") || Closure(function) > 0 {
		return b.root
	}
	folder := b.folder(function, file)
	if !b.inModule(folder) {
		return ""
	}
	if root, ok := strings.CutSuffix(path.Dir(file), folder[len(b.module):]); ok {
		b.root = root
	}
	return b.root
}
