// Prose finds words and phrases that this project does not use, in the comments and strings of Go files and in pages.
// CONTRIBUTING.md has the reasons and what to write instead.
//
//	go run ./.ci/prose              # all tracked files
//	go run ./.ci/prose docs finding # only files below these paths
//
// It prints a line for each hit and exits with 1 if there is one. allow.txt lists the uses that are right; an entry that
// fits nothing is an error as well.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	hits, err := check(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "prose: %v\n", err)
		os.Exit(2)
	}
	for _, h := range hits {
		fmt.Println(h)
	}
	if len(hits) > 0 {
		fmt.Fprintf(os.Stderr, "prose: %d to rewrite, or to enter in .ci/prose/allow.txt with a reason\n", len(hits))
		os.Exit(1)
	}
}

// check returns a line for each hit in the tracked files below paths, or in all of them.
func check(paths []string) (hits []string, err error) {
	allowed, err := readAllowed(".ci/prose/allow.txt")
	if err != nil {
		return nil, err
	}
	list, err := exec.Command("git", append([]string{"ls-files", "-z", "--"}, paths...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("listing the tracked files: %w", err)
	}
	for _, path := range strings.Split(strings.TrimRight(string(list), "\x00"), "\x00") {
		read := reader(path)
		if read == nil || strings.HasPrefix(path, ".ci/prose/") {
			continue
		}
		text, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			continue // removed, and not committed yet
		}
		if err != nil {
			return nil, err
		}
		for _, part := range read(text) {
			for _, f := range banned.in(part) {
				if !allowed.has(path, f.line) {
					hits = append(hits, fmt.Sprintf("%s:%d: %q: write %s: %s", path, f.number, f.word, f.instead, f.line))
				}
			}
		}
	}
	if len(paths) == 0 {
		hits = append(hits, allowed.unused()...)
	}
	return hits, nil
}

// reader returns the function that reads the prose of a file, or nil for a file without any.
func reader(path string) func([]byte) []part {
	switch {
	case strings.HasPrefix(path, "testdata/schema/"), strings.HasPrefix(path, "testdata/rowuse/a/"), strings.HasPrefix(path, "testdata/rowuse/b/"), filepath.Base(path) == "LICENSE": // other people's
		return nil
	}
	switch filepath.Ext(path) {
	case ".go":
		return goParts
	case ".md":
		return pageParts
	case ".json":
		if strings.HasSuffix(path, ".schema.json") {
			return pageParts
		}
	case ".txtar", ".yml", ".sh", ".conf":
		return hashParts
	case "":
		if strings.HasPrefix(path, ".ci/") || filepath.Base(path) == "Makefile" {
			return hashParts
		}
	}
	return nil
}
