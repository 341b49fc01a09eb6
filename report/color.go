package report

import (
	"io"
	"io/fs"
	"os"
	"runtime"
)

// ColorFor reports whether w is a terminal for which the environment does not turn colour off. NO_COLOR turns
// colour off whatever else is set (https://no-color.org); CLICOLOR_FORCE turns it on for pipes and CI logs; CLICOLOR=0 and
// TERM=dumb turn it off for terminals. On Windows, a terminal has colour if WT_SESSION or TERM is set.
func ColorFor(w io.Writer) bool {
	if os.Getenv("NO_COLOR") != "" {
		return false
	}
	if force := os.Getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return true
	}
	if os.Getenv("CLICOLOR") == "0" || os.Getenv("TERM") == "dumb" {
		return false
	}
	// Windows sets no TERM; its older consoles print escape sequences as they are.
	if runtime.GOOS == "windows" && os.Getenv("WT_SESSION") == "" && os.Getenv("TERM") == "" {
		return false
	}
	file, ok := w.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&fs.ModeCharDevice != 0
}

// A style is an ANSI graphic rendition.
type style string

const (
	plain  style = ""
	bold   style = "1"
	dim    style = "2"
	red    style = "1;31"
	yellow style = "1;33"
	cyan   style = "36"
	green  style = "32"
)

// A painter adds styles to text that is already escaped, or leaves it plain.
type painter bool

func (p painter) paint(s style, text string) string {
	if !p || s == plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}
