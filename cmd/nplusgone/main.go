package main

import (
	"os"

	"github.com/nplusgone/nplusgone/internal/cli"
)

func main() { os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
