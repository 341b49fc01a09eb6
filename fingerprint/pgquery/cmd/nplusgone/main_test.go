//go:build cgo

package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/cli"
)

func TestTheCommandReadsWithTheParser(t *testing.T) {
	var out, errs bytes.Buffer
	args := []string{"fingerprint", "-dialect", "postgresql", "-json", "SELECT a FROM t WHERE b = CAST($1 AS int)"}
	if code := cli.Run(args, strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	for _, want := range []string{`"values":[{"role":"key","table":"t","column":"b"}]`, `"source":"libpg_query"`, `"pgFingerprint":"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in %s", want, &out)
		}
	}
}
