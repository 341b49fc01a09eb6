// Command matrixgen writes the method sets of package fakebase: Go has no way to make a type with a method only
// sometimes, so that each set of optional interfaces needs a type of its own.
//
// It is run by go generate in that package's directory.
package main

import (
	"fmt"
	"os"
)

func main() {
	for _, f := range files() {
		src, err := f.source()
		if err == nil {
			err = os.WriteFile(f.name, src, 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "matrixgen:", err)
			os.Exit(1)
		}
	}
}
