package main

import (
	"regexp"
	"strings"
)

// A rule is a pattern of what is not written, and what to write instead.
type rule struct {
	pattern *regexp.Regexp
	instead string
}

type rules []rule

// words returns a rule for a pattern of whole words, in any case. A space fits any white space.
func words(pattern, instead string) rule {
	return rule{regexp.MustCompile(`(?i)\b(?:` + strings.ReplaceAll(pattern, " ", `\s+`) + `)\b`), instead}
}

var banned = rules{
	words(`told|tells|telling`, `"reported", "recorded", "distinguishes"`),
	words(`tell \S+ apart|tell apart`, `"distinguish"`),
	words(`at hand`, `"available"`),
	words(`anew`, `"again"`),
	words(`stands`, `"is"`),
	words(`of ours`, `"of this package", "of nplusgone"`),
	words(`whoever|whomever`, `who it is: "the caller"`),
	words(`nobody|somebody`, `who it is, or the passive`),
	words(`becomes? of`, `"the use of"`),
	words(`no more`, `"no longer", "at most"`),
	words(`comes? to`, `"reaches", "is"`),
	words(`minds`, `"rejects", "depends on"`),
	words(`answers|answered|answering`, `"returns"`),
	words(`passed over`, `"skipped"`),
	words(`be had|have it for`, `"be available", "be used"`),
	words(`what is there|as it is there|there is to`, `"existing", "what exists"`),
	words(`lives? with|living with`, `"accept"`),
	words(`is no proof|no proof that`, `"is inconclusive"`),
	words(`adds? up|adding up`, `"accumulate", "is added"`),
	words(`(?:is|are|was|were|stays?|keeps? \S+) (?:silent|quiet)|keeps? (?:it|a finding) quiet|stays? quiet`, `"is not reported", "does not run"`),
	words(`made to do|would do`, `what it does; "would be enough"`),
	words(`mends?|mended|mending`, `"fix"`),
	words(`in vain`, `"and not used"`),
	words(`asks? the (?:source|types|cache)`, `"analyzes the source", "reads"`),
	words(`thereof|thereby|whence|hitherto|lest|albeit`, `the usual word`),
	words(`and nothing else|nobody else`, `the fact alone`),
	words(`bears? (?:its|the|another)`, `"has"`),
}

// A hit is a place where a rule fits.
type hit struct {
	number        int    // of the line
	line          string // trimmed
	word, instead string
}

var commentSigns = regexp.MustCompile(`^\s*(?://|#|/\*|\*)?\s*`)

// in returns the hits in a part. A phrase may go over the end of a line.
func (rs rules) in(p part) (hits []hit) {
	text, starts := "", make([]int, len(p.lines))
	for i, line := range p.lines {
		starts[i] = len(text)
		text += commentSigns.ReplaceAllString(line, "") + "\n"
	}
	for _, r := range rs {
		for _, at := range r.pattern.FindAllStringIndex(text, -1) {
			i := 0
			for i+1 < len(starts) && starts[i+1] <= at[0] {
				i++
			}
			word := strings.Join(strings.Fields(text[at[0]:at[1]]), " ")
			hits = append(hits, hit{p.number + i, strings.TrimSpace(p.lines[i]), word, r.instead})
		}
	}
	return hits
}
