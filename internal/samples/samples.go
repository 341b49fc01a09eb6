// Package samples has findings and reports for the tests of other packages: one finding of each kind that a reader meets,
// as the detector words them.
package samples

import (
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// LazyComments is proven, with everything that a finding can have.
func LazyComments() finding.Finding {
	return finding.Finding{
		Rule: "n-plus-one", Level: finding.Proven, Identity: "4c1f0a9b7d2e6538", Members: []string{"4c1f0a9b7d2e6538"},
		Message: "50 queries, one per row; 1 would be enough", Count: 50, Turns: 50, Saved: 49, Scope: "GET /posts",
		Loop: &finding.Position{File: "store/posts.go", Line: 42, Function: "store.(*Store).PostsWithComments", Text: "for i, p := range posts {"},
		Calls: []finding.Position{
			{File: "store/posts.go", Line: 43, Function: "store.(*Store).PostsWithComments"},
			{File: "store/comments.go", Line: 18, Function: "store.(*Store).Comments"},
		},
		CallSite: finding.Position{
			File: "store/comments.go", Line: 18, Function: "store.(*Store).Comments",
			Text: "rows, err := s.db.QueryContext(ctx, q, post)",
		},
		Parent: &finding.Parent{
			Text:     "SELECT id, title, author_id FROM posts ORDER BY created_at DESC LIMIT ?",
			CallSite: finding.Position{File: "store/posts.go", Line: 37, Function: "store.(*Store).Posts"},
			Rows:     50, Columns: []string{"id"},
		},
		Statements: []finding.StatementStat{{
			Fingerprint: "9e107d9d372bb6826bd81d3542a419d6", Text: "SELECT id, body FROM comments WHERE post_id = ? ORDER BY id",
			Count: 50, Milliseconds: 12.4371, Rows: 150,
			CallSite: finding.Position{File: "store/comments.go", Line: 18, Function: "store.(*Store).Comments"},
		}},
		Evidence: []finding.Evidence{
			{From: "driver", Text: "all 50 arguments are the values of posts.id from the earlier query, in row order"},
			{From: "stack", Text: "all 50 queries have the same call stack, with 50 different arguments"},
			{From: "source", Text: "the loop encloses the call"},
			{From: "source", Text: "the loop ranges over the result of the earlier query"},
		},
		Fix: finding.Fix{
			Text: "Load all children with one query: a JOIN, or WHERE key IN (…) with the keys of all rows, and match them in memory.",
			SQL:  "SELECT id, body FROM comments WHERE post_id IN (?, ?, …) ORDER BY id",
		},
		Snippet: []finding.SnippetLine{
			{Number: 40, Text: "\t\treturn nil, err"},
			{Number: 41, Text: "\t}"},
			{Number: 42, Text: "\tfor i, p := range posts {", Mark: "loop"},
			{Number: 43, Text: "\t\tposts[i].Comments, err = s.Comments(ctx, p.ID)", Mark: "statement"},
			{Number: 44, Text: "\t\tif err != nil {"},
			{Number: 45, Text: "\t\t\treturn nil, err"},
		},
		Stack: []finding.Call{
			{Function: "example.com/blog/store.(*Store).Comments", File: "store/comments.go", Line: 18},
			{Function: "example.com/blog/store.(*Store).PostsWithComments", File: "store/posts.go", Line: 43},
			{Function: "net/http.HandlerFunc.ServeHTTP"},
		},
	}
}

// LikelyAuthors is likely, with a second loop and two queries in each turn.
func LikelyAuthors() finding.Finding {
	return finding.Finding{
		Rule: "n-plus-one", Level: finding.Likely, Identity: "b35c8e21f0974d6a", Members: []string{"b35c8e21f0974d6a"},
		Message: "12 queries, one per row; 1 would be enough", Count: 12, Turns: 6, Saved: 11, Scope: "TestFeed/newest first",
		Loop:      &finding.Position{File: "feed/feed.go", Line: 108, Function: "feed.Build", Text: "for _, item := range items {"},
		OtherLoop: &finding.Position{File: "feed/page.go", Line: 31, Function: "feed.(*Page).Fill", Text: "for _, section := range p.sections {"},
		CallSite: finding.Position{
			File: "feed/author.go", Line: 9, Function: "feed.author",
		},
		Statements: []finding.StatementStat{{
			Fingerprint: "e4d909c290d0fb1ca068ffaddf22cbd0", Text: "SELECT id, name, avatar_url FROM users WHERE id = ? LIMIT ?",
			Count: 12, Milliseconds: 3.02, Rows: 12,
			CallSite: finding.Position{File: "feed/author.go", Line: 9, Function: "feed.author"},
		}},
		Evidence: []finding.Evidence{
			{From: "stack", Text: "all 12 queries have the same call stack, with 9 different arguments"},
			{From: "source", Text: "the loop encloses the call"},
			{From: "driver", Text: "no earlier query of this scope returned the arguments", Against: true},
		},
		Fix: finding.Fix{
			Text: "Load all children with one query: a JOIN, or WHERE key IN (…) with the keys of all rows, and match them in memory.",
			SQL:  "SELECT id, name, avatar_url FROM users WHERE id IN (?, ?, …)",
		},
	}
}

// SettingsTwice is proven and has no loop.
func SettingsTwice() finding.Finding {
	return finding.Finding{
		Rule: "duplicate-query", Level: finding.Proven, Identity: "07aa5d1be3c2498f", Members: []string{"07aa5d1be3c2498f"},
		Message: "the same query with the same arguments and result, 2 times", Count: 2, Scope: "GET /posts",
		CallSite: finding.Position{File: "http/auth.go", Line: 31, Function: "http.(*Server).requireUser"},
		Statements: []finding.StatementStat{{
			Fingerprint: "1f3870be274f6c49b3e31a0c6728957f", Text: "SELECT name, value FROM settings WHERE tenant_id = ?",
			Count: 2, Milliseconds: 0.81, Rows: 28,
			CallSite: finding.Position{File: "http/auth.go", Line: 31, Function: "http.(*Server).requireUser"},
		}},
		Evidence: []finding.Evidence{
			{From: "driver", Text: "arguments and result (14 rows) were the same both times, and nothing wrote to its tables in between"},
			{From: "stack", Text: "it ran at http/auth.go:31, in http.(*Server).requireUser"},
			{From: "stack", Text: "it ran at http/page.go:77, in http.(*Server).renderPage"},
		},
		Fix: finding.Fix{Text: "Load it once and pass it on: above the loop, in the request's context, or as a parameter."},
	}
}

// ImportRows combines three statements of a loop.
func ImportRows() finding.Finding {
	at := finding.Position{File: "jobs/import.go", Line: 65, Function: "jobs.(*Importer).save"}
	return finding.Finding{
		Rule: "row-by-row-insert", Level: finding.Proven, Identity: "d94f2b7760ce13a8",
		Members: []string{"26ab09c4d1f7e835", "8812e0f4b6a3c9d7", "f0017c3e95d84b2a"},
		Message: "60 rows, inserted one at a time", Count: 60, Turns: 20, Saved: 57, Scope: "job import-products",
		Loop:     &finding.Position{File: "jobs/import.go", Line: 58, Function: "jobs.(*Importer).Run", Text: "for _, p := range batch {"},
		CallSite: at,
		Statements: []finding.StatementStat{
			{
				Fingerprint: "c3fcd3d76192e4007dfb496cca67e13b", Count: 20, Milliseconds: 9.75, CallSite: at,
				Text: "INSERT INTO products (sku, name, description, price_cents, currency, weight_grams, width_mm, height_mm, depth_mm, " +
					"color, material, country_of_origin, customs_code, supplier_id, category_id, tax_class_id, is_active, created_at, updated_at) " +
					"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
				Rows: 20,
			},
			{
				Fingerprint: "5d41402abc4b2a76b9719d911017c592", Text: "INSERT INTO prices (product_id, currency, cents) VALUES (?, ?, ?)",
				Count: 20, Milliseconds: 4.1, CallSite: finding.Position{File: "jobs/import.go", Line: 71, Function: "jobs.(*Importer).save"},
			},
			{
				Fingerprint: "7d793037a0760186574b0282f2f435e7", Text: "INSERT INTO product_tags (product_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
				Count: 20, Milliseconds: 3.66, CallSite: finding.Position{File: "jobs/tags.go", Line: 14, Function: "jobs.tag"},
			},
		},
		Evidence: []finding.Evidence{
			{From: "stack", Text: "all 20 queries have the same call stack, with 20 different arguments"},
			{From: "source", Text: "the loop encloses the call"},
			{From: "source", Text: "all 20 are in one transaction, so one statement can replace them"},
		},
		Fix: finding.Fix{
			Text: "Insert all rows with one statement: INSERT … VALUES (…), (…), in chunks when there are thousands, or the bulk interface of the database (COPY).",
			SQL: "INSERT INTO products (sku, name, description, price_cents, currency, weight_grams, width_mm, height_mm, depth_mm, " +
				"color, material, country_of_origin, customs_code, supplier_id, category_id, tax_class_id, is_active, created_at, updated_at) " +
				"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?), … RETURNING id",
		},
		Snippet: []finding.SnippetLine{
			{Number: 57, Text: "\tdefer tx.Rollback()"},
			{Number: 58, Text: "\tfor _, p := range batch {", Mark: "loop"},
			{Number: 59, Text: "\t\tif err := im.save(ctx, tx, p); err != nil {", Mark: "statement"},
			{Number: 60, Text: "\t\t\treturn fmt.Errorf(\"saving %s: %w\", p.SKU, err)"},
		},
	}
}

// LoopInTest is a note.
func LoopInTest() finding.Finding {
	at := finding.Position{File: "store/users_test.go", Line: 27, Function: "store_test.TestUser"}
	return finding.Finding{
		Rule: "n-plus-one", Level: finding.Likely, Identity: "61e9b4f80d275ca3", Members: []string{"61e9b4f80d275ca3"},
		Note:    "the loop is in a _test.go file, so it repeats what the code under test does once",
		Message: "5 queries, one per row; 1 would be enough", Count: 5, Scope: "TestUser",
		Loop:     &finding.Position{File: "store/users_test.go", Line: 26, Function: "store_test.TestUser", Text: "for _, id := range ids {"},
		CallSite: at,
		Statements: []finding.StatementStat{{
			Fingerprint: "7b8b965ad4bca0e41ab51de7b31363a1", Text: "SELECT id, name FROM users WHERE id = ?", Count: 5, Milliseconds: 0.4, Rows: 5, CallSite: at,
		}},
		Evidence: []finding.Evidence{{From: "stack", Text: "all 5 queries have the same call stack, with 5 different arguments"}},
		Fix:      finding.Fix{Text: "Load all children with one statement."},
	}
}

// CachedUsers is a suspect because of a mitigation.
func CachedUsers() finding.Finding {
	at := finding.Position{File: "users/cache.go", Line: 52, Function: "users.(*Cache).Get"}
	return finding.Finding{
		Rule: "n-plus-one", Level: finding.Suspect, Identity: "2f6d1c07e98b4a35", Members: []string{"2f6d1c07e98b4a35"},
		Message: "8 queries, one per row; 1 would be enough", Count: 8, Turns: 8, Saved: 7, Scope: "GET /users",
		Loop:  &finding.Position{File: "users/list.go", Line: 12, Function: "users.List", Text: "for _, id := range ids {"},
		Calls: []finding.Position{{File: "users/list.go", Line: 13, Function: "users.List"}, at}, CallSite: at,
		Statements: []finding.StatementStat{{
			Fingerprint: "7b8b965ad4bca0e41ab51de7b31363a1", Text: "SELECT id, name FROM users WHERE id = ?", Count: 8, Milliseconds: 0.7, Rows: 8, CallSite: at,
		}},
		Evidence:    []finding.Evidence{{From: "stack", Text: "all 8 queries have the same call stack, with 8 different arguments"}},
		Mitigations: []finding.Mitigation{{Name: "cache", Effect: finding.EffectSuspect, Text: "the query runs only when a shared cache misses"}},
		Fix:         finding.Fix{Text: "Load all users with one query.", SQL: "SELECT id, name FROM users WHERE id IN (?, ?, …)"},
	}
}

// SeededTags is a note because of a mitigation.
func SeededTags() finding.Finding {
	f := LoopInTest()
	f.Rule, f.Identity, f.Members = "row-by-row-insert", "c1d2e3f4a5b60718", []string{"c1d2e3f4a5b60718"}
	f.Message, f.Scope = "5 rows, inserted one at a time", "TestTags"
	f.Note = "the rows are test data, written before the code under test runs"
	f.Mitigations = []finding.Mitigation{{Name: "test-data", Effect: finding.EffectNote, Text: f.Note}}
	f.Loop = &finding.Position{File: "store/tags_test.go", Line: 14, Function: "store_test.seed", Text: "for _, tag := range tags {"}
	f.CallSite = finding.Position{File: "store/tags_test.go", Line: 15, Function: "store_test.seed"}
	f.Statements = []finding.StatementStat{{
		Fingerprint: "0cc175b9c0f1b6a831c399e269772661", Text: "INSERT INTO tags (name) VALUES (?)", Count: 5, Milliseconds: 0.6, CallSite: f.CallSite,
	}}
	return f
}

// Rules returns rules with short texts; the findings of Everything are of them.
func Rules() []*finding.Rule {
	var rules []*finding.Rule
	for _, r := range []finding.Rule{
		{Name: "n-plus-one", Title: "one SELECT for each row of an earlier result", Max: finding.Proven},
		{Name: "duplicate-query", Title: "the same SELECT, arguments and result, again", Max: finding.Likely},
		{Name: "row-by-row-insert", Title: "one INSERT for each row", Max: finding.Suspect},
	} {
		r.Doc, r.Cost, r.Proof, r.Fix, r.Quiet = "What it is.", "What it costs.", "What proves it.", "What to do.", "What is not reported."
		rules = append(rules, &r)
	}
	return rules
}

// Profile is the profile of the scopes that the findings are from.
func Profile() finding.Profile {
	comments := LazyComments().Statements[0]
	imports := ImportRows().Statements
	return finding.Profile{
		Scopes: []finding.ScopeProfile{
			{
				Name: "job import-products", Scopes: 1, Statements: 64, Rows: 21, Milliseconds: 18.2,
				Slowest: imports, Repeated: imports,
			},
			{
				Name: "GET /posts", Scopes: 2, Statements: 110, Errors: 1, Rows: 412, Milliseconds: 29.7,
				Slowest: []finding.StatementStat{comments}, Repeated: []finding.StatementStat{comments},
			},
			{Name: "TestFeed/newest first", Scopes: 1, Statements: 14, Rows: 26, Milliseconds: 4.4},
		},
		Unscoped:    &finding.Unscoped{Statements: 3},
		UnreadTypes: []string{"example.com/shop.Money", "github.com/google/uuid.UUIDs"},
	}
}

// Everything is a report with each kind of finding, out of order.
func Everything() *report.Document {
	return &report.Document{
		Tool:     report.Tool{Name: "nplusgone", Version: "v0.1.0"},
		Findings: []finding.Finding{LoopInTest(), CachedUsers(), LazyComments(), ImportRows(), SettingsTwice(), LikelyAuthors(), SeededTags()},
		Profile:  Profile(),
	}
}

// Unusual has what real reports rarely have: no position, no evidence, several candidates, many statements, hostile text.
func Unusual() *report.Document {
	many := LikelyAuthors()
	many.Rule, many.Identity, many.Count = "n-plus-one", "many", 80_000
	many.Message = "80000 queries, 8 per row; 8 would be enough"
	many.Parent = &finding.Parent{
		Text: "SELECT id, tenant_id FROM accounts", Rows: 10_000, Columns: []string{"tenant_id", "id"},
		Candidates: []string{"SELECT tenant_id, id FROM tenants", "SELECT id FROM archive"},
	}
	many.Statements = nil
	for _, table := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		many.Statements = append(many.Statements, finding.StatementStat{Text: "SELECT * FROM " + table, Count: 10_000, Milliseconds: 1500})
	}
	hostile := finding.Finding{
		Rule: "n-plus-one\x1b[2J", Level: finding.Suspect, Message: "beep\a\r\nERROR",
		Scope:    "GET /\u202egnp.x\u2066\u009b31m",
		Note:     "",
		CallSite: finding.Position{File: "::error file=a.go::b\nc.go", Line: 1},
		Statements: []finding.StatementStat{
			{Text: "SELECT\n\t1\rFROM \"\x1b]0;title\a\" -- \xff ##vso[task.complete] ☃", Count: 1},
		},
		Evidence: []finding.Evidence{{Text: "::stop-commands::x"}, {Text: "::set-output name=a::b"}},
		Fix:      finding.Fix{Text: "Do not.", SQL: "SELECT 1\r\n\t::text\x00"},
		Snippet:  []finding.SnippetLine{{Number: 1, Text: "x := \"\u2067\""}, {Number: 1002, Text: strings.Repeat("long ", 40), Mark: "loop"}},
	}
	return &report.Document{Findings: []finding.Finding{many, hostile, {}}}
}
