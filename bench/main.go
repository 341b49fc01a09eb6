package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit code: 0 if everything was measured, 2 for wrong use or a subject that fails.
func run(args []string, stdout, stderr io.Writer) int {
	p, err := parse(args, stderr)
	if err == nil {
		err = p.run(stdout)
	}
	switch err {
	case nil, flag.ErrHelp:
		return 0
	}
	fmt.Fprintf(stderr, "bench: %v\n", err)
	return 2
}

// A plan is what is to be measured.
type plan struct {
	rounds    int
	drivers   []string
	workloads []string
	json      bool
}

func parse(args []string, stderr io.Writer) (p plan, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&p.rounds, "rounds", 80, "measure each subject this many `times`")
	flags.BoolVar(&p.json, "json", false, "write one JSON object per line")
	drivers := flags.String("driver", "", "measure on these drivers only: comma-separated `names`")
	workloads := flags.String("workload", "", "measure these workloads only: comma-separated `names`")
	if err := flags.Parse(args); err != nil {
		return p, err
	}
	if flags.NArg() > 0 {
		return p, fmt.Errorf("unknown argument %q: only flags are allowed", flags.Arg(0))
	}
	if p.rounds < 1 {
		return p, fmt.Errorf("-rounds %d: at least one round is required", p.rounds)
	}
	if p.drivers, err = pick("driver", *drivers, driverNames()); err != nil {
		return p, err
	}
	p.workloads, err = pick("workload", *workloads, workloadNames())
	return p, err
}

// pick returns the names in list, or all of them when the list is empty.
func pick(what, list string, all []string) ([]string, error) {
	if list == "" {
		return all, nil
	}
	names := strings.Split(list, ",")
	for _, name := range names {
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("unknown %s %q: use %s", what, name, strings.Join(all, ", "))
		}
	}
	return names, nil
}

func (p plan) run(w io.Writer) error {
	var out output = table{w}
	if p.json {
		out = lines{w}
	}
	for _, b := range bases {
		if !slices.Contains(p.drivers, b.name) {
			continue
		}
		measured, err := measure(b, p.measured(), p.rounds)
		if err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
		if err := out.ratios(measured.ratios(b.name, p.workloads)); err != nil {
			return err
		}
	}
	if !slices.Contains(p.workloads, scopeWorkload) {
		return nil
	}
	sizes, err := scopeSizes()
	if err != nil {
		return fmt.Errorf("scope: %w", err)
	}
	return out.sizes(sizes)
}

// measured returns the workloads to run: the selected ones, and the two from which "row" is calculated.
func (p plan) measured() (run []workload) {
	row := slices.Contains(p.workloads, rowWorkload)
	for _, w := range workloads {
		if slices.Contains(p.workloads, w.name) || row && (w.name == oneRow || w.name == manyRows) {
			run = append(run, w)
		}
	}
	return run
}
