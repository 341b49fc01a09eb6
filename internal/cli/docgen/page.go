package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/cli/examples"
)

const intro = `<!-- Written from the rules' own texts by "go generate ./internal/cli/docgen". Edit the rules, in detector, not this page. -->

# Rules

A finding says how sure it is. **Proven**: the data, or the language, leave no other reading. **Likely**: one statement, one call
stack, a loop. **Suspect**: it looks like one, and is shown without ever failing a test unless that is asked for. A test fails, and a
log is written, from likely on.

The tips are those of the article that the example application follows: ` + "`nplusgone demo`" + ` shows each of them.

| rule | what it finds | tips | surest level |
|---|---|---|---|
`

// page returns the page about rules.
func page(rules []*finding.Rule) string {
	var b strings.Builder
	b.WriteString(intro)
	for _, r := range rules {
		surest := r.Max.String()
		if r.Note != "" {
			surest = "note"
		}
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s |\n", r.Name, r.Name, markdown(r.Title), numbers(r.Tips), surest)
	}
	for _, r := range rules {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", r.Name, markdown(r.Doc))
		for _, part := range []struct{ title, text string }{
			{"Why it costs.", r.Cost},
			{"How it is proved.", r.Proof},
			{"What to do instead.", r.Fix},
			{"What keeps it quiet.", r.Quiet},
		} {
			fmt.Fprintf(&b, "\n**%s** %s\n", part.title, markdown(part.text))
		}
		for _, e := range examples.Of(r.Name) {
			fmt.Fprintf(&b, "\nOn %s, instead of\n\n```go\n%s\n```\n\nwrite\n\n```go\n%s\n```\n", e.Layer, e.Bad, e.Good)
		}
		fmt.Fprintf(&b, "\n**How to silence it.** %s\n\nSince %s.\n", markdown(examples.Silence(r.Name)), r.Since)
	}
	return b.String()
}

// markdown escapes what Markdown would take for markup.
var markdown = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "|", `\|`, "[", `\[`).Replace

func numbers(ns []int) string {
	words := make([]string, len(ns))
	for i, n := range ns {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}
