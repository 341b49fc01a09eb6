package cli

import (
	"context"
	"strings"
)

// runCommand runs go run with a recording standard library, and reports what was recorded.
type runCommand struct {
	Args []string `arg:"" optional:"" name:"argument" help:"The flags below, and then flags, package and arguments of go run."`
}

// Help implements kong.HelpProvider.
func (*runCommand) Help() string {
	return `It runs "go run" with the arguments, and checks the statements that the program
runs on database/sql and pgx when it serves requests: each request that an HTTP server
receives is a scope. The report follows when the program has ended; interrupt a
server with ^C.

These flags come first and are not passed to go run:

` + ownFlagsHelp() + `
If the program fails, or is interrupted and fails because of it, the exit code is
that of go run. Otherwise it is that of "nplusgone test".

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

// parseRun separates the flags of nplusgone, which come first, from the arguments of go run.
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
	t.args = append(t.args, args[i:]...)
	return t, nil
}
