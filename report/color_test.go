package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/nplusgone/nplusgone/report"
)

// Proves when colour is used: as the environment says, else on terminals only.
func TestColorFor(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	terminal, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a character device, as a terminal is
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	device := runtime.GOOS != "windows" // NUL is no character device to Windows' Stat everywhere
	for _, test := range []struct {
		name                               string
		noColor, force, cliColor, term     string
		wantTerminal, wantFile, wantBuffer bool
	}{
		{name: "nothing set", wantTerminal: device},
		{name: "a common terminal", term: "xterm-256color", wantTerminal: device},
		{name: "a dumb terminal", term: "dumb"},
		{name: "NO_COLOR", noColor: "1"},
		{name: "NO_COLOR wins", noColor: "1", force: "1"},
		{name: "forced", force: "1", wantTerminal: true, wantFile: true, wantBuffer: true},
		{name: "forced on a dumb terminal", force: "1", term: "dumb", wantTerminal: true, wantFile: true, wantBuffer: true},
		{name: "not forced", force: "0", wantTerminal: device},
		{name: "CLICOLOR=0", cliColor: "0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("NO_COLOR", test.noColor)
			t.Setenv("CLICOLOR_FORCE", test.force)
			t.Setenv("CLICOLOR", test.cliColor)
			t.Setenv("TERM", test.term)
			t.Setenv("WT_SESSION", "1")
			if got := report.ColorFor(terminal); got != test.wantTerminal {
				t.Errorf("terminal: %v", got)
			}
			if got := report.ColorFor(file); got != test.wantFile {
				t.Errorf("file: %v", got)
			}
			if got := report.ColorFor(new(bytes.Buffer)); got != test.wantBuffer {
				t.Errorf("buffer: %v", got)
			}
		})
	}
}
