package report

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// Options say how a report is written. The zero value is the default. A format ignores options that do not concern it.
type Options struct {
	Color   bool            // text: with ANSI colours; see ColorFor
	Verbose bool            // text: also suspects and notes when there are many, identities, all statements, known findings and the profile
	MaxSQL  int             // text: maximum length of a statement, in characters; 0 means 240, a negative number no limit
	Level   finding.Level   // findings of this level and above count as failures; 0 means finding.DefaultLevel
	Module  string          // formats of CI systems: the module's folder in the repository, with slashes; "" for the root
	Rules   []*finding.Rule // sarif: the rules to describe, as from analysis.Rules; none are described without it
}

// file returns the name of a file relative to the repository, with slashes.
func (o Options) file(name string) string {
	if name == "" || path.IsAbs(name) {
		return name
	}
	return path.Join(o.Module, name)
}

// counts reports whether f counts as a failure.
func (o Options) counts(f *finding.Finding) bool { return f.Gates(o.level()) }

func (o Options) level() finding.Level {
	if o.Level == 0 {
		return finding.DefaultLevel
	}
	return o.Level
}

// A format is one way to write a report. Its writer is buffered, flushed by write, and keeps the first error, so that a
// format may ignore the errors of single writes.
type format struct {
	name  string
	write func(*bufio.Writer, *Stream, Options) error
}

// formats lists what Write can write. A new format is a file and a line here.
var formats = []format{
	{"text", writeText},
	{"json", writeJSON},
	{"sarif", writeSARIF},
	{"github", writeGitHub},
	{"markdown", writeMarkdown},
	{"gitlab", writeGitLab},
	{"junit", writeJUnit},
}

// Formats returns the names of the formats, the default first.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// Write writes doc to w in the named format, one of Formats. It neither changes doc nor closes w. A nil doc is written as
// an empty one. It returns an error for an unknown format, and the error of w.
func Write(w io.Writer, format string, doc *Document, opts Options) error {
	return write(w, format, doc.stream(), opts)
}

func write(w io.Writer, format string, s *Stream, opts Options) error {
	for _, f := range formats {
		if f.name != format {
			continue
		}
		out := bufio.NewWriter(w)
		err := f.write(out, s, opts)
		if flushed := out.Flush(); err == nil {
			err = flushed
		}
		if err != nil {
			return fmt.Errorf("report: writing %s: %w", format, err)
		}
		return nil
	}
	return fmt.Errorf("report: unknown format %q (want %s)", format, strings.Join(Formats(), ", "))
}
