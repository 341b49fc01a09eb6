package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/grammar"
	"github.com/nplusgone/nplusgone/internal/printable"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// fingerprintCommand prints the fingerprints of statements.
type fingerprintCommand struct {
	Dialect dialectFlag `default:"unknown" placeholder:"DIALECT" help:"Read the statements as postgresql, mysql, sqlite or unknown SQL. The default is unknown."`
	File    []string    `sep:"none" placeholder:"FILE" help:"Read statements from this file, one a line. May be given several times."`
	Split   bool        `help:"Read scripts: statements end with semicolons, not with lines."`
	Rewrite bool        `help:"Also write the statement that replaces a loop of this one with a different key in each turn."`
	JSON    bool        `name:"json" help:"Write an object for each line, with the id, the text, the facts, and what read the facts."`
	SQL     []string    `arg:"" optional:"" name:"sql" help:"Statements, each one argument. Without statements and files, and for the argument -, they are read from standard input, one a line."`
}

// Help implements kong.HelpProvider.
func (*fingerprintCommand) Help() string {
	return `Statements that differ only in values, spacing, comments and the length of lists
have the same fingerprint. A line has the id, two spaces, and the normalised
text.

  nplusgone fingerprint "SELECT * FROM posts WHERE id IN (1, 2, 3)"
  nplusgone fingerprint -dialect mysql -json < statements.sql
  nplusgone fingerprint -dialect postgresql -split -file schema.sql
  nplusgone fingerprint -rewrite "SELECT title FROM posts WHERE author_id = ?"

The facts of -json are read by the lexer. In a command that PostgreSQL's own parser
is part of, the parser refines them if it reads the same statement: "source" says
which, and "reason" why it is the lexer. "pgFingerprint" is the fingerprint of
libpg_query. The id is the same with and without it.

Put -- before a statement that begins with a dash.`
}

// Run implements the subcommand.
func (c *fingerprintCommand) Run(std *streams) error {
	out := bufio.NewWriter(std.out)
	for _, name := range c.File {
		if err := c.file(out, name); err != nil {
			return err
		}
	}
	statements := c.SQL
	if len(statements) == 0 && len(c.File) == 0 {
		statements = []string{"-"}
	}
	for _, sql := range statements {
		var err error
		if sql == "-" {
			if err = c.read(out, std.in); err != nil {
				err = fmt.Errorf("reading standard input: %w", err)
			}
		} else {
			err = c.statements(out, sql)
		}
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

// file prints the statements of a file.
func (c *fingerprintCommand) file(w io.Writer, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return withHint(fmt.Errorf("reading %q: %w", name, cause(err)), "an argument without -file is a statement")
	}
	defer f.Close()
	if err := c.read(w, f); err != nil {
		return fmt.Errorf("reading %q: %w", name, cause(err))
	}
	return nil
}

// read prints the statements that r holds.
func (c *fingerprintCommand) read(w io.Writer, r io.Reader) error {
	if !c.Split {
		return c.lines(w, r)
	}
	script, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return c.statements(w, string(script))
}

// statements prints one statement, or those of a script.
func (c *fingerprintCommand) statements(w io.Writer, sql string) error {
	if !c.Split {
		return c.print(w, sql)
	}
	for statement := range fingerprint.Split(c.Dialect.Dialect, sql) {
		if err := c.print(w, statement); err != nil {
			return err
		}
	}
	return nil
}

// lines prints the statements that r holds, one a line. A line may be of any length.
func (c *fingerprintCommand) lines(w io.Writer, r io.Reader) error {
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			if err := c.print(w, strings.TrimRight(line, "\r\n")); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// A readStatement is a statement as -json writes it.
type readStatement struct {
	fingerprint.Fingerprint
	Source        grammar.Source `json:"source"`
	Reason        string         `json:"reason,omitempty"`
	PGFingerprint string         `json:"pgFingerprint,omitempty"`
	Rewrite       *rewritten     `json:"rewrite,omitempty"`
}

// A rewritten is the statement that replaces a loop, or the reason why there is none.
type rewritten struct {
	Shape  rewrite.Shape `json:"shape,omitempty"`
	SQL    string        `json:"sql,omitempty"`
	Note   string        `json:"note,omitempty"`
	Reason string        `json:"reason,omitempty"`
}

// rewritten returns the rewrite of a statement that a loop runs.
func (c *fingerprintCommand) rewritten(r grammar.Result) *rewritten {
	if !c.Rewrite {
		return nil
	}
	p := *r.Parsed
	p.Facts = r.Facts
	by := rewrite.Write
	if p.Facts.Kind == fingerprint.Select {
		by = rewrite.ByKeys
	}
	w, err := by(rewrite.Loop{Dialect: c.Dialect.Dialect, Parsed: &p})
	if err != nil {
		return &rewritten{Reason: err.Error()}
	}
	return &rewritten{Shape: w.Shape, SQL: w.SQL(), Note: w.Note}
}

func (c *fingerprintCommand) print(w io.Writer, sql string) error {
	if !c.JSON && !c.Rewrite {
		fp := fingerprint.Parse(c.Dialect.Dialect, sql)
		_, err := fmt.Fprintf(w, "%s  %s\n", fp.ID, printable.Line(fp.Text))
		return err
	}
	r := grammar.Read(c.Dialect.Dialect, sql)
	instead := c.rewritten(r)
	if !c.JSON {
		second := instead.SQL
		if second == "" {
			second = "no rewrite: " + instead.Reason
		}
		_, err := fmt.Fprintf(w, "%s  %s\n%*s%s\n", r.ID, printable.Line(r.Text), len(r.ID.String())+2, "", printable.Line(second))
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	fp := r.Parsed.Fingerprint
	fp.Facts = r.Facts
	return enc.Encode(readStatement{fp, r.Source, r.Reason, r.PGFingerprint, instead})
}

// dialectFlag is a flag with a dialect as its value.
type dialectFlag struct{ fingerprint.Dialect }

// UnmarshalText implements encoding.TextUnmarshaler for kong.
func (d *dialectFlag) UnmarshalText(text []byte) error {
	dialect, err := fingerprint.ParseDialect(string(text))
	if err != nil {
		return plain{err}
	}
	d.Dialect = dialect
	return nil
}
