// Rename copies the programs of this module and of testdata/corpus into a module of their own and gives their
// identifiers other names, so that the tests of this module can show that no verdict rests on a name:
//
//	go run ./rename -o DIR          # names like v12 and V13
//	go run ./rename -o DIR -words seed,cache,db
//	go run ./rename -o DIR -plain   # the same module with the names as they are, to compare with
//	go test -C DIR -run TestBare    # the programs still do what they did
//
// It is run in testdata/blind. It renames functions, methods, types, variables, constants, fields and labels of the
// programs, generated code included. It leaves alone SQL and other text, imports and package names, the functions Cases,
// and names that other code finds by reflection or by an interface; see the type keeper. Lines stay where they are.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	out := flag.String("o", "", "folder for the new module, which must be empty or missing")
	plain := flag.Bool("plain", false, "keep the names")
	words := flag.String("words", "v", "words that the new names begin with, separated by commas")
	flag.Parse()
	if err := run(*out, *plain, strings.Split(*words, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "rename:", err)
		os.Exit(1)
	}
}

func run(out string, plain bool, words []string) error {
	if out == "" || flag.NArg() > 0 {
		return errors.New("want -o DIR and no arguments")
	}
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	if err := copyModule(".", out); err != nil || plain {
		return err
	}
	loaded, err := load(out)
	if err != nil {
		return err
	}
	report, err := loaded.rename(words)
	fmt.Print(report)
	return err
}
