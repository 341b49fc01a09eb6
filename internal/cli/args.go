package cli

import (
	"slices"
	"strings"
)

// goStyle converts arguments in the style of the go command, where -flag and --flag mean the same, to the style of kong,
// and "help X" to "X -help". Arguments after -- are not changed.
func goStyle(args []string) []string {
	if len(args) > 0 && args[0] == "help" {
		args = append(append([]string{}, args[1:]...), "-help")
	}
	if len(args) > 0 && (args[0] == "test" || args[0] == "run") { // what follows is for the go command
		if len(args) > 1 && slices.Contains([]string{"-h", "-help", "--help"}, args[1]) {
			return []string{"--help", args[0]} // kong passes on all flags behind the name
		}
		return args
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
