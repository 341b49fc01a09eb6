package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// A loop is on the lines from first to last of a file. It repeats the calls on the lines between.
type loop struct {
	file                      string
	first, last               int
	kind                      analysis.LoopKind
	constant, waits, retrying bool
	searches, receives        bool
	passes                    bool
	exits, cached             bool
	effects                   []int
	helper                    string // the function of a library whose loop calls back; first is then the user's call of it
}

// A flow is a result that reaches the call in a loop.
type flow struct {
	parent, loop place
	excluded     bool // the result does not reach the loop
}

type place struct {
	file string
	line int
}

var loopKinds = map[string]analysis.LoopKind{
	"range": analysis.LoopRange, "counter": analysis.LoopCounter, "while": analysis.LoopWhile, "forever": analysis.LoopForever,
}

// parseLoop reads FILE:FROM-TO KIND [FLAG…] [in FUNCTION].
func parseLoop(text string) (l loop, err error) {
	text, l.helper, _ = strings.Cut(text, " in ")
	words := strings.Fields(text)
	if len(words) < 2 {
		return l, fmt.Errorf("want loop FILE:FROM-TO KIND [FLAG…]")
	}
	at, last, ok := strings.Cut(words[0], "-")
	if l.file, l.first, err = parsePlace(at); err != nil {
		return l, err
	}
	if l.last, err = strconv.Atoi(last); !ok || err != nil || l.last <= l.first {
		return l, fmt.Errorf("want the loop's lines as FROM-TO, not %q", words[0])
	}
	if l.kind, ok = loopKinds[words[1]]; !ok {
		return l, fmt.Errorf("unknown kind of loop %q (want range, counter, while or forever)", words[1])
	}
	for _, flag := range words[2:] {
		switch flag {
		case "constant":
			l.constant = true
		case "waits":
			l.waits = true
		case "retries":
			l.retrying = true
		case "searches":
			l.searches = true
		case "receives":
			l.receives = true
		case "passes":
			l.passes = true
		case "exits":
			l.exits = true
		case "cached":
			l.cached = true
		default:
			line, err := strconv.Atoi(strings.TrimPrefix(flag, "effect:"))
			if err != nil {
				return l, fmt.Errorf("unknown flag %q of a loop (want constant, waits, retries, searches, receives, passes, exits, cached or effect:LINE)", flag)
			}
			l.effects = append(l.effects, line)
		}
	}
	return l, nil
}

// parseFlow reads FILE:LINE -> FILE:LINE.
func parseFlow(text string) (f flow, err error) {
	from, to, ok := strings.Cut(text, "->")
	if !ok {
		return f, fmt.Errorf("want flows FILE:LINE -> FILE:LINE")
	}
	if f.parent.file, f.parent.line, err = parsePlace(strings.TrimSpace(from)); err != nil {
		return f, err
	}
	f.loop.file, f.loop.line, err = parsePlace(strings.TrimSpace(to))
	return f, err
}

// parseDirective reads FILE:LINE RULE [max=N] REASON.
func parseDirective(text string) (d directive, err error) {
	words := strings.SplitN(text, " ", 3)
	if len(words) < 3 {
		return d, fmt.Errorf("want ignore FILE:LINE RULE [max=N] REASON")
	}
	if d.Position.File, d.Position.Line, err = parsePlace(words[0]); err != nil {
		return d, err
	}
	d.rule, d.Reason = words[1], words[2]
	if limit, reason, ok := strings.Cut(d.Reason, " "); ok && strings.HasPrefix(limit, "max=") {
		d.Reason = reason
		d.Max, err = strconv.Atoi(limit[len("max="):])
	}
	return d, err
}
