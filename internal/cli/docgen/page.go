package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/cli/examples"
)

const intro = `<!-- Written by "go generate ./internal/cli/docgen" from the texts in internal/analysis. Edit those, not this page. -->

# Rules

A finding has a level. **Proven**: the data, or the language, leave no other reading. **Likely**: the same statement from the same
call stack, in a loop. **Suspect**: a heuristic. Likely and proven findings fail tests and are logged; suspects are only shown, unless
` + "`WithLevel`" + ` asks for more. A finding that was lowered to a note never fails anything.

The tips are those of the article "Django ORM Optimization Tips"; ` + "`nplusgone demo`" + ` shows each of them.

| rule | what it finds | tips | highest level |
|---|---|---|---|
`

const accept = `
## Accept a finding

Write a comment at the loop, at the call or above the function. It needs a reason, and may have a limit:

` + "```go" + `
//nplusgone:ignore n-plus-one max=20 a page has twenty posts, and the authors are cached
for _, post := range posts {
` + "```" + `

- ` + "`nplusgone.WithException`" + ` does the same by function, table or fingerprint.
- ` + "`nplusgone.Ignore`" + ` runs code whose statements are not recorded.
- ` + "`nplusgone.WithoutRules`" + ` turns rules off, and ` + "`nplusgone.WithLevel(nplusgone.Proven)`" + ` lets only proven findings count.
- ` + "`nplusgone baseline`" + ` accepts all existing findings ([CI](ci.md#the-baseline)).

## What lowers a finding

A mitigation is a fact that makes a repetition look right. It lowers the finding to a suspect or to a note, and the finding lists it.

| mitigation | the fact | the finding becomes |
|---|---|---|
`

// page returns the page about rules.
func page(rules []*finding.Rule, mitigations []analysis.MitigationText) string {
	var b strings.Builder
	b.WriteString(intro)
	for _, r := range rules {
		highest := r.Max.String()
		if r.Note != "" {
			highest = "note"
		}
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s |\n", r.Name, r.Name, markdown(r.Title), numbers(r.Tips), highest)
	}
	b.WriteString(accept)
	for _, m := range mitigations {
		effect := "a " + m.Effect
		if !m.Always {
			effect += ", unless it is proven"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", m.Name, markdown(m.Sees), effect)
	}
	shared := make(map[string]string) // the rule that has a text first, by title and text
	for _, r := range rules {
		writeRule(&b, r, shared)
	}
	return b.String()
}

// writeRule writes the section of a rule. A text that an earlier rule has is replaced by a link to that rule.
func writeRule(b *strings.Builder, r *finding.Rule, shared map[string]string) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n", r.Name, markdown(r.Doc))
	for _, part := range []struct{ title, text string }{
		{"Why it matters.", r.Cost},
		{"When it is proven.", r.Proof},
		{"What to do instead.", r.Fix},
		{"What is not reported.", r.Quiet},
	} {
		key := part.title + part.text
		if first := shared[key]; first != "" {
			fmt.Fprintf(b, "\n**%s** As for [%s](#%s).\n", part.title, first, first)
			continue
		}
		shared[key] = r.Name
		fmt.Fprintf(b, "\n**%s** %s\n", part.title, markdown(part.text))
	}
	for _, e := range examples.Of(r.Name) {
		fmt.Fprintf(b, "\nOn %s, instead of\n\n```go\n%s\n```\n\nwrite\n\n```go\n%s\n```\n", e.Layer, e.Bad, e.Good)
	}
	fmt.Fprintf(b, "\nSince %s.\n", r.Since)
}

// markdown escapes the characters that have a meaning in Markdown.
var markdown = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "|", `\|`, "[", `\[`).Replace

func numbers(ns []int) string {
	words := make([]string, len(ns))
	for i, n := range ns {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}
