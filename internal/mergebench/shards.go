package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/merge"
)

// writeShards writes a run for each shard, as test binaries do, and returns their size in bytes. The first shared findings
// are the same in every run.
func writeShards(dir string, shards, findings, shared int) (size int64, err error) {
	for s := range shards {
		path := filepath.Join(dir, fmt.Sprintf("shop-%04d.nplusgone.jsonl", s))
		file, err := os.Create(path)
		if err != nil {
			return 0, err
		}
		out := bufio.NewWriter(file)
		run := merge.NewRunWriter(out, merge.Start{ID: fmt.Sprint(s), Package: fmt.Sprintf("example.com/shop/p%d", s)})
		for i := range findings {
			owner := s
			if i < shared {
				owner = -1
			}
			scope := fmt.Sprintf("TestPage%d", i%1000)
			f := sized(owner, i)
			f.Scope = scope
			run.Scope(finding.ScopeProfile{Name: scope, Scopes: 1, Statements: 51, Rows: 100, Milliseconds: 12}, []finding.Finding{f})
		}
		if err := run.End(merge.End{}); err != nil {
			return 0, err
		}
		if err := out.Flush(); err != nil {
			return 0, err
		}
		if info, err := file.Stat(); err == nil {
			size += info.Size()
		}
		if err := file.Close(); err != nil {
			return 0, err
		}
	}
	return size, nil
}

// sized returns a finding of the size of a real one.
func sized(owner, i int) finding.Finding {
	id := fmt.Sprintf("%08x%08x", uint32(owner)*2654435761, uint32(i)*40503)
	at := finding.Position{
		File: fmt.Sprintf("internal/module%d/store_%d.go", i%97, i%1013), Line: 20 + i%700,
		Function: fmt.Sprintf("store.(*Store).List%d", i), Text: "for _, post := range posts {",
	}
	call := at
	call.Line, call.Text = at.Line+1, "author, err := s.author(ctx, post.AuthorID)"
	return finding.Finding{
		Rule: "n-plus-one", Level: finding.Proven, Identity: id, Members: []string{id}, Count: 50,
		Message: "50 queries, one per row; 1 would be enough", Loop: &at, CallSite: call,
		Parent: &finding.Parent{Text: "SELECT id, author_id, title, created_at FROM posts WHERE status = ? ORDER BY id DESC LIMIT ?", CallSite: at, Rows: 50, Columns: []string{"author_id"}},
		Statements: []finding.StatementStat{{
			Fingerprint: id + id, Text: fmt.Sprintf("SELECT id, name, avatar_url FROM people_%d WHERE id = ?", i), Count: 50, Milliseconds: 12.5, Rows: 50, CallSite: call, Member: id,
		}},
		Evidence: []finding.Evidence{
			{From: "driver", Text: "all 50 arguments are the values of posts.author_id from the earlier query, in row order"},
			{From: "stack", Text: "all 50 queries have the same call stack, with 16 or more different arguments"},
			{From: "source", Text: "the loop encloses the call"},
			{From: "source", Text: "the loop ranges over the result of the earlier query"},
		},
		Fix: finding.Fix{Text: "Load all children with one statement: a JOIN, or WHERE key IN (…) with the keys of all rows, and match them in memory.", SQL: "SELECT id, name, avatar_url FROM people WHERE id IN (?, ?, …)"},
		Snippet: []finding.SnippetLine{
			{Number: at.Line - 1, Text: "\tvar feed []FeedItem"},
			{Number: at.Line, Text: "\tfor _, post := range posts {", Mark: "loop"},
			{Number: at.Line + 1, Text: "\t\tauthor, err := s.author(ctx, post.AuthorID)", Mark: "statement"},
			{Number: at.Line + 2, Text: "\t\tif err != nil {"},
		},
	}
}
