// Command compare reads the output of a bare and a wrapped run of one test suite, as go tool test2json writes it, and fails
// unless each test and subtest ended alike.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
)

// A run is the results of the tests of a suite, by name. The name of the whole suite is empty.
type run struct {
	ended    map[string]string // pass, fail or skip; empty for a test that did not end
	output   map[string]string
	observed int // statements that went through the wrapper, -1 for an incomplete run
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: compare SUITE BARE.json WRAPPED.json")
	}
	suite, bare, wrapped := os.Args[1], read(os.Args[2]), read(os.Args[3])
	fmt.Printf("%s: bare %s; wrapped %s\n", suite, bare, wrapped)

	names := maps.Clone(bare.ended)
	maps.Copy(names, wrapped.ended)
	differ := 0
	for _, name := range slices.Sorted(maps.Keys(names)) {
		b, w := bare.ended[name], wrapped.ended[name]
		switch {
		case b == w && b != "":
			continue
		case b == "" && bare.observed < 0, w == "" && wrapped.observed < 0:
			continue // its turn had not come when the run broke off
		}
		differ++
		fmt.Printf("\n%s: bare %q, wrapped %q\n%s%s", name, b, w, bare.output[name], wrapped.output[name])
	}
	for _, r := range []*run{bare, wrapped} {
		if r.observed < 0 {
			log.Fatalf("%s: a run is incomplete\n%s", suite, r.output[""])
		}
	}
	fmt.Printf("%s: %d names with subtests, %d skipped bare and %d wrapped, %d differ; %d statements observed\n",
		suite, len(names), bare.count("skip"), wrapped.count("skip"), differ, wrapped.observed)

	switch {
	case differ > 0:
		log.Fatalf("%s: the wrapped run differs from the bare one: see above", suite)
	case bare.observed > 0 || wrapped.observed == 0:
		log.Fatalf("%s: %d statements observed bare and %d wrapped: see the seam", suite, bare.observed, wrapped.observed)
	}
	for name, output := range wrapped.output {
		if strings.Contains(output, "nplusgone panicked") {
			log.Fatalf("%s: %s: a panic of nplusgone ended the recording\n%s", suite, name, output)
		}
	}
}

func read(file string) *run {
	f, err := os.Open(file)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	r := &run{ended: map[string]string{}, output: map[string]string{}, observed: -1}
	for dec := json.NewDecoder(f); dec.More(); {
		var e struct{ Action, Test, Output string }
		if err := dec.Decode(&e); err != nil {
			log.Fatalf("%s: %v", file, err)
		}
		switch e.Action {
		case "output":
			r.output[e.Test] += e.Output
			fmt.Sscanf(e.Output, "observed %d statements", &r.observed)
		case "run":
			r.ended[e.Test] = ""
		case "pass", "fail", "skip":
			if e.Test != "" {
				r.ended[e.Test] = e.Action
			}
		}
	}
	return r
}

func (r *run) String() string {
	return fmt.Sprintf("%d passed, %d failed", r.count("pass"), r.count("fail"))
}

// count returns how many tests ended so, subtests left out.
func (r *run) count(how string) (n int) {
	for name, ended := range r.ended {
		if ended == how && !strings.Contains(name, "/") {
			n++
		}
	}
	return n
}
