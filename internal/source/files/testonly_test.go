package files

import (
	"os"
	"path/filepath"
	"testing"
)

// Proves that a package is one that only tests use if it supports them, their files import it, and no other file does.
func TestTestOnly(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":              "module example.com/shop // comment\n\ngo 1.26\n",
		"tests/api.go":        "package tests\n\nimport \"testing\"\n\nfunc Run(t *testing.T) {}\n",
		"tests/stubs.go":      "package tests\n\nfunc Fill() {}\n",
		"store/store.go":      "package store\n\nfunc Find() {}\n",
		"store/testing.go":    "package store\n\nimport \"testing\"\n\nfunc New(t testing.TB) {}\n",
		"lonely/testing.go":   "package lonely\n\nimport \"testing\"\n\nfunc New(t testing.TB) {}\n",
		"store/store_test.go": "package store\n\nimport _ \"example.com/shop/tests\"\n",
		"cmd/main.go":         "package main\n\nimport _ \"example.com/shop/store\"\n",
		"cmd/main_test.go":    "package main\n\nimport _ \"example.com/shop/store\"\n",
	} {
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var only testOnly
	for dir, want := range map[string]bool{"tests": true, "store": false, "lonely": false, "cmd": false} {
		if got := only.has(filepath.Join(root, dir)); got != want {
			t.Errorf("the package in %s: only tests use it: %v, want %v", dir, got, want)
		}
	}
}
