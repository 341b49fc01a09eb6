package report_test

import (
	"fmt"
	"os"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

func ExampleWrite() {
	doc := &report.Document{
		Findings: []finding.Finding{{
			Rule: "n-plus-one", Level: finding.Likely, Identity: "b35c8e21f0974d6a", Count: 12, Saved: 11, Scope: "GET /feed",
			Message:    "12 queries, one per row; 1 would be enough",
			Loop:       &finding.Position{File: "feed/feed.go", Line: 108, Function: "feed.Build", Text: "for _, item := range items {"},
			Calls:      []finding.Position{{File: "feed/feed.go", Line: 109, Function: "feed.Build"}, {File: "feed/user.go", Line: 9, Function: "feed.user"}},
			Statements: []finding.StatementStat{{Text: "SELECT name FROM users WHERE id = ?", Count: 12, Milliseconds: 3.1, Rows: 12}},
			Evidence:   []finding.Evidence{{From: "stack", Text: "all 12 queries have the same call stack"}},
			Fix:        finding.Fix{Text: "Load all users with one query.", SQL: "SELECT id, name FROM users WHERE id IN (?, ?, …)"},
		}},
		Profile: finding.Profile{Scopes: []finding.ScopeProfile{{Name: "GET /feed", Scopes: 1, Statements: 13, Milliseconds: 4.2}}},
	}
	if err := report.Write(os.Stdout, "text", doc, report.Options{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// feed/feed.go:108: n-plus-one (likely): 12 queries, one per row; 1 would be enough
	//     loop       feed/feed.go:108  for _, item := range items      in feed.Build
	//     calls      feed/feed.go:109 -> feed/user.go:9 user
	//     query      SELECT name FROM users WHERE id = ?               12 times, 3.1 ms, 12 rows
	//     scope      GET /feed
	//     evidence   all 12 queries have the same call stack
	//     fix        Load all users with one query.
	//                SELECT id, name FROM users WHERE id IN (?, ?, …)
	//     cost       the fix removes 11 round trips; at 10× the rows this loop makes about 120
	//
	// 1 finding (1 likely); 13 statements in 1 scope, 4.2 ms
}
