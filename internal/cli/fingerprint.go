package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// fingerprintCommand prints the fingerprints of statements.
type fingerprintCommand struct {
	Dialect dialectFlag `default:"unknown" placeholder:"DIALECT" help:"Read the statements as postgresql, mysql, sqlite or unknown SQL. The default is unknown."`
	JSON    bool        `name:"json" help:"Write an object a line, with id, text and facts."`
	SQL     []string    `arg:"" optional:"" name:"sql" help:"Statements, each an argument of its own. Without any, or where one is -, they are read from standard input, one a line."`
}

// Help implements kong.HelpProvider.
func (*fingerprintCommand) Help() string {
	return `Statements that differ only in values, spacing, comments and the length of lists
have one fingerprint. A line is the id, two spaces, and the normalised text.

  nplusgone fingerprint "SELECT * FROM posts WHERE id IN (1, 2, 3)"
  nplusgone fingerprint -dialect mysql -json < statements.sql

Put -- before a statement that begins with a dash.`
}

// Run implements the subcommand.
func (c *fingerprintCommand) Run(std *streams) error {
	out := bufio.NewWriter(std.out)
	statements := c.SQL
	if len(statements) == 0 {
		statements = []string{"-"}
	}
	for _, sql := range statements {
		var err error
		if sql == "-" {
			err = c.lines(out, std.in)
		} else {
			err = c.print(out, sql)
		}
		if err != nil {
			return err
		}
	}
	return out.Flush()
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
			return fmt.Errorf("reading standard input: %w", err)
		}
	}
}

func (c *fingerprintCommand) print(w io.Writer, sql string) error {
	fp := fingerprint.Parse(c.Dialect.Dialect, sql).Fingerprint
	if !c.JSON {
		_, err := fmt.Fprintf(w, "%s  %s\n", fp.ID, visible(fp.Text))
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(fp)
}

// dialectFlag is a dialect as the value of a flag.
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
