// Nplusgone is the command of package github.com/nplusgone/nplusgone/cmd/nplusgone with PostgreSQL's own parser, which
// refines the facts of fingerprint -json and fingerprint -rewrite. It needs cgo, and about a minute to build.
package main

import (
	"os"

	_ "github.com/nplusgone/nplusgone/fingerprint/pgquery"
	"github.com/nplusgone/nplusgone/internal/cli"
)

func main() { os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
