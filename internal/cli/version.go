package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"github.com/nplusgone/nplusgone/report"
)

// versionFlag shows the version.
type versionFlag bool

// BeforeReset is called by kong before it reports a missing argument.
func (versionFlag) BeforeReset(ctx *kong.Context) error {
	_, err := fmt.Fprintf(ctx.Stdout, "nplusgone %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if err != nil {
		return err
	}
	return errShown
}

// version returns the version of the module that the command was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// tool returns the entry of the command in documents that it writes.
func tool() report.Tool { return report.Tool{Name: "nplusgone", Version: version()} }
