package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// Proves that one dash and two mean the same, and that arguments are not changed.
func TestGoStyle(t *testing.T) {
	tests := []struct{ name, args, want string }{
		{"a long flag", "report -format json", "report --format json"},
		{"a long flag with its value", "report -format=json", "report --format=json"},
		{"two dashes", "report --format=json", "report --format=json"},
		{"a short flag", "report -o x", "report -o x"},
		{"a short flag with its value", "report -o=x", "report -ox"},
		{"standard input", "report -", "report -"},
		{"after two dashes", "fingerprint -json -- -x", "fingerprint --json -- -x"},
		{"help", "help", "--help"},
		{"help on a command", "help report", "report --help"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.Fields(test.want), goStyle(strings.Fields(test.args))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Proves that each way to ask for help on a command shows that of nplusgone, also where the other arguments are those of go test.
func TestHelpOfACommand(t *testing.T) {
	for _, command := range []string{"test", "run", "report", "explain"} {
		for _, args := range [][]string{{"help", command}, {command, "-h"}, {command, "-help"}, {command, "--help"}} {
			var stdout, stderr bytes.Buffer
			code := Run(args, strings.NewReader(""), &stdout, &stderr)
			if want := "usage: nplusgone " + command + " "; code != exitClean || !strings.Contains(stdout.String(), want) || stderr.Len() > 0 {
				t.Errorf("%q: exit code %d, standard error %q, standard output without %q:\n%s", args, code, &stderr, want, &stdout)
			}
		}
	}
}

// Proves that output that cannot be written is an error of every subcommand.
func TestOutputThatFails(t *testing.T) {
	for _, args := range []string{"demo", "demo -format json", "rules", "rules -json", "explain n-plus-one", "fingerprint SELECT", "-help", "-version"} {
		t.Run(args, func(t *testing.T) {
			if strings.HasPrefix(args, "demo") && sqlite() != nil {
				t.Skip(sqlite())
			}
			var stderr bytes.Buffer
			if code := Run(strings.Fields(args), strings.NewReader(""), full{}, &stderr); code != exitWrong {
				t.Errorf("exit code %d, want %d", code, exitWrong)
			}
			if !strings.Contains(stderr.String(), errFull.Error()) {
				t.Errorf("standard error does not say why: %s", &stderr)
			}
		})
	}
}

// Proves that input that cannot be read is an error.
func TestInputThatFails(t *testing.T) {
	for _, args := range []string{"fingerprint", "fingerprint -", "report -"} {
		t.Run(args, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			code := Run(strings.Fields(args), iotest.ErrReader(errFull), &stdout, &stderr)
			if code != exitWrong || !strings.Contains(stderr.String(), errFull.Error()) {
				t.Errorf("exit code %d, want %d; standard error: %s", code, exitWrong, &stderr)
			}
		})
	}
}

var errFull = errors.New("no space left")

// full is a writer without space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
