package cli

import (
	"context"
	"strings"
)

// runCommand builds a program with a recording standard library, runs it, and reports what was recorded.
type runCommand struct {
	Args []string `arg:"" optional:"" name:"argument" help:"The flags below, and then flags, package and arguments of go run."`
}

// Help implements kong.HelpProvider.
func (*runCommand) Help() string {
	return `It builds and runs a program as "go run" does with the arguments, and checks the
statements that the program runs on database/sql and pgx when it serves
requests: each request that an HTTP server receives is a scope. A finding is
printed to standard error when its request has ended, and again only if it gets
worse. The report follows when the program has ended; interrupt a server with
^C. With -runs, "nplusgone report DIR" shows what was found so far.

These flags come first and are not passed to the go command:

` + ownFlagsHelp() + `
If the program fails, or is interrupted and fails because of it, the exit code is
that of the program; it is 1 if a signal ended it. Otherwise it is that of
"nplusgone test".

  nplusgone run ./cmd/server
  nplusgone run -report nplusgone.txt ./cmd/server -addr localhost:8080`
}

// Run implements the subcommand.
func (c *runCommand) Run(std *streams) error {
	t, err := parseRun(c.Args)
	if err != nil {
		return err
	}
	return t.run(context.Background(), std)
}

// parseRun separates the flags of nplusgone, which come first, from those of go run, the package and the arguments of the program.
func parseRun(args []string) (*recording, error) {
	t := newRecording("run")
	i := 0
	for i < len(args) {
		n, err := t.own(args, i)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		i += n
	}
	for ; i < len(args) && strings.HasPrefix(args[i], "-"); i++ { // flags of go run with their values
		if n := t.other(args, i); n > 0 {
			i += n - 1
			continue
		}
		t.args = append(t.args, args[i])
		if name := strings.TrimLeft(args[i], "-"); hasValue(name) && i+1 < len(args) {
			i++
			t.args = append(t.args, args[i])
		}
	}
	from := i
	for i < len(args) && strings.HasSuffix(args[i], ".go") {
		i++
	}
	if i == from && i < len(args) { // a package
		i++
	}
	t.args = append(t.args, args[from:i]...)
	t.program = args[i:]
	return t, nil
}
