package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// Proves that every subject runs every workload on every driver, and that each has one line.
func TestEveryRowIsThere(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"-rounds", "2", "-json"}, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	seen := map[[3]string]int{}
	scopes := 0
	for d := json.NewDecoder(&out); ; {
		var line struct {
			ratio
			size
		}
		if err := d.Decode(&line); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		switch {
		case line.Scope != "":
			scopes++
		case line.Subject != "":
			seen[[3]string{line.Driver, line.Workload, line.Subject}]++
		}
	}
	for _, driver := range driverNames() {
		for _, workload := range workloadNames() {
			for _, s := range subjects {
				line := [3]string{driver, workload, s.name}
				if n := seen[line]; workload != scopeWorkload && n != 1 {
					t.Errorf("%v has %d lines, want 1", line, n)
				}
			}
		}
	}
	if scopes != 2 {
		t.Errorf("%d lines of scopes, want 2", scopes)
	}
}

func TestTableOfOneWorkload(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"-rounds", "2", "-driver", "noop", "-workload", rowWorkload}, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(got) != 1+len(subjects) {
		t.Errorf("%d lines, want a heading and one for each of %d subjects:\n%s", len(got), len(subjects), &out)
	}
	if !strings.Contains(out.String(), "≤ 1.50, +0 allocs") {
		t.Errorf("no budget is printed beside the ratios:\n%s", &out)
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{{"-driver", "oracle"}, {"-workload", "exec,nothing"}, {"-rounds", "0"}, {"exec"}} {
		var out, errs bytes.Buffer
		if code := run(args, &out, &errs); code != 2 || out.Len() > 0 || errs.Len() == 0 {
			t.Errorf("%q: exit code %d, output %q, message %q; want 2 and only a message", args, code, &out, &errs)
		}
	}
}
