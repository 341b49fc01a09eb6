package cli

import "strings"

// goStyle turns arguments as the go command takes them, where -flag and --flag mean the same, into what kong reads, and
// "help X" into "X -help". What follows -- is left alone.
func goStyle(args []string) []string {
	if len(args) > 0 && args[0] == "help" {
		args = append(append([]string{}, args[1:]...), "-help")
	}
	out := make([]string, 0, len(args))
	for i, arg := range args {
		if arg == "--" {
			return append(out, args[i:]...)
		}
		out = append(out, goFlag(arg))
	}
	return out
}

func goFlag(arg string) string {
	if !strings.HasPrefix(arg, "-") || strings.HasPrefix(arg, "--") {
		return arg
	}
	name, value, _ := strings.Cut(arg, "=")
	if len(name) <= len("-o") {
		return name + value // kong reads -o=FILE as the value "=FILE"
	}
	return "-" + arg
}
