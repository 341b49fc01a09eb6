package cli

import (
	"context"
)

// testCommand runs go test with a recording standard library, and reports what was recorded.
type testCommand struct {
	Args []string `arg:"" optional:"" name:"argument" help:"Flags and packages of go test, and the flags below."`
}

// Help implements kong.HelpProvider.
func (*testCommand) Help() string {
	return `It runs "go test" with the arguments, and checks the statements that the tests run
on database/sql and pgx: the module needs no change and no dependency. Each test,
subtest and request is a scope. The output of go test is not changed; the report
follows it, or goes to standard error with -json.

These flags are not passed to go test:

` + ownFlagsHelp() + `  -modules             also test the modules below, each with its own run of go test

In a folder of a repository that is in no module, the tests of all modules below
run, with one report. Results are not cached: -count=1 is added unless -count is given.

If go test fails, the exit code is that of go test. Otherwise it is 0 if no
finding counts and all was checked, 1 if a finding counts, and 2 if something
was not checked.

  nplusgone test ./...
  nplusgone test -race -run TestOrders ./store
  nplusgone test -format github -baseline nplusgone.baseline ./...`
}

// Run implements the subcommand.
func (c *testCommand) Run(std *streams) error {
	t, err := parseTest(c.Args)
	if err != nil {
		return err
	}
	return t.run(context.Background(), std)
}

// parseTest separates the flags of nplusgone from those of go test.
func parseTest(args []string) (*recording, error) {
	t := newRecording("test")
	for i := 0; i < len(args); i++ {
		if args[i] == "-args" || args[i] == "--args" {
			t.args = append(t.args, args[i:]...)
			break
		}
		n, err := t.own(args, i)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			n = t.other(args, i)
		}
		if n > 0 {
			i += n - 1
			continue
		}
		t.args = append(t.args, args[i])
	}
	return t, nil
}
