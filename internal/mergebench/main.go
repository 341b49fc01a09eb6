// Mergebench measures the time and the maximum memory that merging many large runs takes.
//
//	go run ./internal/mergebench                       64 shards of 20,000 findings each
//	go run ./internal/mergebench -shared 1 -format sarif
//
// It writes the runs to a temporary folder, runs the command on them in another process, and prints a line.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/internal/cli"
	"github.com/nplusgone/nplusgone/report"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "report" { // the process that is measured
		os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	shards := flag.Int("shards", 64, "number of runs")
	findings := flag.Int("findings", 20_000, "findings in each run")
	shared := flag.Float64("shared", 0.5, "fraction of the findings that every run has")
	format := flag.String("format", "text", "the format to write: "+strings.Join(report.Formats(), ", "))
	flag.Parse()
	if err := bench(*shards, *findings, *shared, *format, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mergebench:", err)
		os.Exit(2)
	}
}

func bench(shards, findings int, shared float64, format string, out io.Writer) error {
	dir, err := os.MkdirTemp("", "mergebench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	size, err := writeShards(dir, shards, findings, int(shared*float64(findings)))
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "report", "-format", format, dir)
	written := new(counter)
	cmd.Stdout = written
	begun := time.Now()
	err = cmd.Run()
	took := time.Since(begun)
	if code := cmd.ProcessState.ExitCode(); code != 1 {
		return fmt.Errorf("the command exited with %d (%v), want 1, because there are findings", code, err)
	}
	fmt.Fprintf(out, "%d shards of %d findings, %d MiB, %.0f%% shared, to %s of %d MiB: %.1f s, %.1f s of processor time, %s\n",
		shards, findings, size>>20, 100*shared, format, written.n>>20, took.Seconds(),
		(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), peak(cmd.ProcessState))
	return nil
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
