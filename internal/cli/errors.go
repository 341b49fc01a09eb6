package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// A hinted error says what to do next.
type hinted struct {
	error
	hint string
}

func withHint(err error, hint string) error { return &hinted{error: err, hint: hint} }

func (h *hinted) Error() string { return fmt.Sprintf("%v (%s)", h.error, h.hint) }

func (h *hinted) Unwrap() error { return h.error }

// A plain error leaves out the package that its text begins with: who types a command knows no packages.
type plain struct{ error }

func (p plain) Error() string {
	text := p.error.Error()
	for _, pkg := range []string{"report", "baseline", "detector", "fingerprint", "driver", "app"} {
		if rest, ok := strings.CutPrefix(text, pkg+": "); ok {
			return rest
		}
	}
	return text
}

func (p plain) Unwrap() error { return p.error }

// plainly makes err plain; nil stays nil.
func plainly(err error) error {
	if err == nil {
		return nil
	}
	return plain{err}
}

// cause returns what the system said of a file, for messages that name the file themselves.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// isCause reports whether err is there and has the cause.
func isCause(err, cause error) bool { return err != nil && errors.Is(err, cause) }

// kongWords are what kong says and what is said instead.
var kongWords = []struct {
	said *regexp.Regexp
	say  string
}{
	{regexp.MustCompile(`(^|[\s"])--([a-z])`), "$1-$2"},
	{regexp.MustCompile(`^expected "<(\w+)>.*"$`), "no $1 given"},
	{regexp.MustCompile(`: expected \w+ value but got "EOL".*`), ": its value is missing"},
}

// misuse puts what kong says of a wrong command line into this command's words.
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
		text = w.said.ReplaceAllString(text, w.say)
	}
	return withHint(errors.New(text), fmt.Sprintf(`run "%s -help" for what it takes`, name))
}
