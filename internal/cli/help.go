package cli

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// helpFlag shows the help of its subcommand.
type helpFlag bool

// BeforeReset is called by kong before it reports a missing argument.
func (helpFlag) BeforeReset(ctx *kong.Context) error {
	node := ctx.Selected()
	if node == nil {
		node = ctx.Model.Node
	}
	if err := writeHelp(ctx.Stdout, node); err != nil {
		return err
	}
	return errShown
}

// writeHelp writes the help of a command. Flags have one dash, as those of the go command.
func writeHelp(w io.Writer, node *kong.Node) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n\n", node.Help)
	fmt.Fprintf(out, "usage: %s\n", usage(node))
	section(out, "Arguments", arguments(node))
	section(out, "Commands", commands(node))
	section(out, "Flags", flags(node))
	if node.Detail != "" {
		fmt.Fprintf(out, "\n%s\n", strings.TrimSpace(node.Detail))
	}
	if node.Parent == nil {
		fmt.Fprint(out, "\nRun \"nplusgone COMMAND -help\" for what a command takes.\n")
	}
	return out.Flush()
}

func usage(node *kong.Node) string {
	if len(node.Children) > 0 {
		return node.FullPath() + " COMMAND [flags] [arguments]"
	}
	text := node.FullPath() + " [flags]"
	for _, arg := range node.Positional {
		name := strings.ToUpper(arg.Name)
		if arg.IsCumulative() {
			name += " ..."
		}
		if !arg.Required {
			name = "[" + name + "]"
		}
		text += " " + name
	}
	return text
}

// An entry is a name and its meaning.
type entry struct{ name, text string }

func arguments(node *kong.Node) (entries []entry) {
	for _, arg := range node.Positional {
		entries = append(entries, entry{strings.ToUpper(arg.Name), arg.Help})
	}
	return entries
}

func commands(node *kong.Node) (entries []entry) {
	for _, child := range node.Children {
		entries = append(entries, entry{child.Name, child.Help})
	}
	return entries
}

func flags(node *kong.Node) (entries []entry) {
	for ; node != nil; node = node.Parent {
		for _, f := range node.Flags {
			name := "-" + f.Name
			if f.Short != 0 {
				name = "-" + string(f.Short) + ", " + name
			}
			if !f.IsBool() {
				name += " " + f.FormatPlaceHolder()
			}
			entries = append(entries, entry{name, f.Help})
		}
	}
	return entries
}

// section writes entries in two columns below a title.
func section(w io.Writer, title string, entries []entry) {
	if len(entries) == 0 {
		return
	}
	names := 0
	for _, e := range entries {
		names = max(names, len(e.name))
	}
	fmt.Fprintf(w, "\n%s:\n", title)
	for _, e := range entries {
		name := e.name
		for _, line := range wrap(e.text, textWidth-names-4) {
			fmt.Fprintf(w, "  %-*s  %s\n", names, name, line)
			name = ""
		}
	}
}
