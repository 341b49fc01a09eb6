// Package cli is the command nplusgone: its subcommands with their flags, texts and exit codes.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/nplusgone/nplusgone/internal/printable"
	"github.com/nplusgone/nplusgone/report"
)

// The exit codes of the command.
const (
	exitClean    = 0 // no finding counts, and all was checked
	exitFindings = 1 // a finding counts
	exitWrong    = 2 // wrong use, input or output failed, or something was not checked
)

// errFindings ends a subcommand that has printed findings that count.
var errFindings = errors.New("findings count")

// errShown ends the parsing of a command line that asks for help or the version.
var errShown = errors.New("shown")

// streams are the input and output of the command: findings go to out, messages to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// command is the command line. A field is a subcommand, or a flag that every subcommand has.
type command struct {
	Test        testCommand        `cmd:"" passthrough:"" help:"Run go test on any module, and report what its tests run on database/sql and pgx."`
	Run         runCommand         `cmd:"" passthrough:"" help:"Run go run on any module, and report what its requests run on database/sql and pgx."`
	Demo        demoCommand        `cmd:"" help:"Run an example application and show what is found in it."`
	Report      reportCommand      `cmd:"" help:"Merge reports and recorded runs, show them, and fail if a finding counts."`
	Baseline    baselineCommand    `cmd:"" help:"Keep the file of accepted findings, so that only new ones fail."`
	Rules       rulesCommand       `cmd:"" help:"List the rules."`
	Explain     explainCommand     `cmd:"" help:"Explain a rule: what it finds, why it matters, how to fix it."`
	Fingerprint fingerprintCommand `cmd:"" help:"Show the fingerprints of statements."`

	Help    helpFlag    `short:"h" help:"Show this help."`
	Version versionFlag `help:"Show the version."`
}

const description = "nplusgone finds N+1 queries in Go programs that use database/sql."

// Run runs the command with args, which do not include its name, and returns the exit code. It does not exit the process.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	std := &streams{in: stdin, out: stdout, err: stderr}
	err := run(goStyle(args), std)
	var exit exitError
	switch {
	case errors.As(err, &exit):
		return int(exit)
	case err == nil, errors.Is(err, errShown):
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	}
	fmt.Fprintf(stderr, "nplusgone: %s\n", printable.Line(err.Error()))
	return exitWrong
}

func run(args []string, std *streams) error {
	parser, err := kong.New(&command{},
		kong.Name("nplusgone"), kong.Description(description),
		kong.Writers(std.out, std.err), kong.Exit(func(int) {}), kong.NoDefaultHelp(),
		kong.Vars{"formats": strings.Join(report.Formats(), ","), "a_format": choice(report.Formats())},
	)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		if err := writeHelp(std.err, parser.Model.Node); err != nil {
			return err
		}
		return withHint(errors.New("no command given"), fmt.Sprintf("start with \"%s demo\"", self()))
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		return misuse(err)
	}
	return ctx.Run(std)
}
