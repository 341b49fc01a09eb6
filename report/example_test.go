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
			Rule: "n-plus-one", Level: finding.Likely, Identity: "b35c8e21f0974d6a", Count: 12, Scope: "GET /feed",
			Message:  "12 statements, one for each row, where 1 would do",
			Loop:     &finding.Position{File: "feed/feed.go", Line: 108, Text: "for _, item := range items {"},
			Evidence: []finding.Evidence{{From: "stack", Text: "all 12 ran with one call stack"}},
			Fix:      finding.Fix{Text: "Load all users with one statement.", SQL: "SELECT name FROM users WHERE id IN (?, ?, …)"},
		}},
		Profile: finding.Profile{Scopes: []finding.ScopeProfile{{Name: "GET /feed", Scopes: 1, Statements: 13, Milliseconds: 4.2}}},
	}
	if err := report.Write(os.Stdout, "text", doc, report.Options{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// feed/feed.go:108: n-plus-one (likely): 12 statements, one for each row, where 1 would do
	//     loop       feed/feed.go:108: for _, item := range items
	//     scope      GET /feed
	//     proof      likely because all 12 ran with one call stack (stack)
	//     cost       12 round trips; with 10 times the rows about 120 round trips
	//     fix        Load all users with one statement.
	//                SELECT name FROM users WHERE id IN (?, ?, …)
	//
	// 1 finding (1 likely); 13 statements in 1 scope, 4.2 ms
}
