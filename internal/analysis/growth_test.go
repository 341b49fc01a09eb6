package analysis

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// sized makes what one size of data did, from pairs of SQL and count.
func sized(rows int, findings []finding.Finding, ran ...any) Sized {
	s := Sized{Rows: rows, Findings: findings}
	for i := 0; i < len(ran); i += 2 {
		s.Uses = append(s.Uses, Use{
			Fingerprint: fingerprint.Parse(fingerprint.SQLite, ran[i].(string)).Fingerprint, Count: ran[i+1].(int),
			CallSite: finding.Position{File: "list.go", Line: 7, Function: "shop.List"},
		})
	}
	return s
}

// Proves which counts are growth: a statement for each row or for every second one, not lists in chunks, not a count
// that stays, nor one that grows at one of three sizes only.
func TestGrowthNeedsHalfAStatementForEachRow(t *testing.T) {
	const sql = "SELECT name FROM authors WHERE id = ?"
	for _, tt := range []struct {
		name   string
		counts []int // at 10, 20 and 40 rows
		grows  bool
	}{
		{"one for each row", []int{10, 20, 40}, true},
		{"one for every second row", []int{5, 10, 20}, true},
		{"one for each row, from two rows on", []int{0, 10, 30}, true},
		{"two for each row", []int{20, 40, 80}, true},
		{"chunks of ten", []int{1, 2, 4}, false},
		{"chunks of three", []int{4, 7, 14}, false},
		{"always as many", []int{40, 40, 40}, false},
		{"fewer with more data", []int{40, 20, 10}, false},
		{"once at the last size only", []int{1, 1, 40}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var runs []Sized
			for i, rows := range []int{10, 20, 40} {
				runs = append(runs, sized(rows, nil, sql, tt.counts[i]))
			}
			found := Growth(runs)
			if grows := len(found) > 0; grows != tt.grows {
				t.Fatalf("%d findings: growth is %v, want %v", len(found), grows, tt.grows)
			}
			if !tt.grows {
				return
			}
			if f := found[0]; f.Rule != "n-plus-one" || f.Level != finding.Proven || f.Identity == "" || !strings.Contains(f.Evidence[0].Text, "to 40") {
				t.Errorf("got %+v", f)
			}
		})
	}
}

// Proves that what a rule found is made proven with its loop, that the rest is named after its kind, and that a note
// stays one.
func TestGrowthTakesTheLoopFromTheRule(t *testing.T) {
	const fetch, write = "SELECT name FROM authors WHERE id = ?", "UPDATE authors SET seen = ? WHERE id = ?"
	loop := finding.Finding{
		Rule: "n-plus-one", Level: finding.Likely, Identity: "x", Note: "in a test", Loop: &finding.Position{File: "a.go", Line: 3},
		Evidence:   []finding.Evidence{{From: "stack", Text: "one call stack"}, {From: "driver", Against: true, Text: "not proven: nothing is known"}},
		Statements: []finding.StatementStat{{Fingerprint: fingerprint.Parse(fingerprint.SQLite, fetch).ID.String()}},
	}
	found := Growth([]Sized{sized(2, nil, fetch, 2, write, 2), sized(6, []finding.Finding{loop}, fetch, 6, write, 6)})
	if len(found) != 2 {
		t.Fatalf("%d findings, want 2: %+v", len(found), found)
	}
	if f := found[0]; f.Level != finding.Proven || f.Loop == nil || f.Note == "" || f.Identity != "x" || len(f.Evidence) != 2 || f.Evidence[1].From != "stack" {
		t.Errorf("the rule's own finding became %+v", f)
	}
	if f := found[1]; f.Rule != "row-by-row-update" || f.Count != 6 || f.Position().Line != 7 {
		t.Errorf("the other became %+v", f)
	}
}

// Proves that sizes that cannot show growth are refused.
func TestCheckSizes(t *testing.T) {
	for _, sizes := range [][]int{nil, {5}, {5, 5}, {9, 5}, {-1, 5}, {1, 5, 2}} {
		if err := CheckSizes(sizes); err == nil {
			t.Errorf("%v is accepted", sizes)
		}
	}
	if err := CheckSizes([]int{0, 5, 50}); err != nil {
		t.Error(err)
	}
}
