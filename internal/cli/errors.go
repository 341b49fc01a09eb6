package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// A hinted error ends with what to do next.
type hinted struct {
	error
	hint string
}

func withHint(err error, hint string) error { return &hinted{error: err, hint: hint} }

func (h *hinted) Error() string { return fmt.Sprintf("%v (%s)", h.error, h.hint) }

func (h *hinted) Unwrap() error { return h.error }

// A plain error leaves out the package name that its text begins with, which says nothing to the user of a command.
type plain struct{ error }

func (p plain) Error() string {
	text := p.error.Error()
	for _, pkg := range []string{"report", "merge", "finding", "baseline", "detector", "fingerprint", "driver", "app"} {
		if rest, ok := strings.CutPrefix(text, pkg+": "); ok {
			return rest
		}
	}
	return text
}

func (p plain) Unwrap() error { return p.error }

// plainly returns err as a plain error, and nil for nil.
func plainly(err error) error {
	if err == nil {
		return nil
	}
	return plain{err}
}

// cause returns the error of the system in an error about a file, for messages that have the name of the file.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// isCause reports whether err is an error with the given cause.
func isCause(err, cause error) bool { return err != nil && errors.Is(err, cause) }

// kongWords are messages of kong and their replacements.
var kongWords = []struct {
	pattern     *regexp.Regexp
	replacement string
}{
	{regexp.MustCompile(`(^|[\s"])--([a-z])`), "$1-$2"},
	{regexp.MustCompile(`^expected "<(\w+)>.*"$`), "no $1 given"},
	{regexp.MustCompile(`: expected \w+ value but got "EOL".*`), ": its value is missing"},
}

// misuse rewrites the error of kong for a wrong command line.
func misuse(err error) error {
	var parse *kong.ParseError
	if errors.Is(err, errShown) || !errors.As(err, &parse) {
		return err
	}
	name := self()
	if node := parse.Context.Selected(); node != nil {
		name += strings.TrimPrefix(node.FullPath(), "nplusgone")
	}
	text := err.Error()
	for _, w := range kongWords {
		text = w.pattern.ReplaceAllString(text, w.replacement)
	}
	return withHint(errors.New(text), fmt.Sprintf(`run "%s -help" for usage`, name))
}
