package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// A source answers what a scenario's lines say of its code. All of its files can be read.
type source struct {
	loops     []loop
	flows     []flow
	generated []string // files
}

var _ detector.Source = (*source)(nil)

// A loop stands on the lines from first to last of a file. It repeats the calls on the lines between.
type loop struct {
	file                      string
	first, last               int
	kind                      detector.LoopKind
	constant, waits, retrying bool
	helper                    string // the function of a library whose loop calls back; first is then the user's call of it
}

// A flow is a result that reaches the call in a loop.
type flow struct{ parent, loop place }

type place struct {
	file string
	line int
}

var loopKinds = map[string]detector.LoopKind{
	"range": detector.LoopRange, "counter": detector.LoopCounter, "while": detector.LoopWhile, "forever": detector.LoopForever,
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
		default:
			return l, fmt.Errorf("unknown flag %q of a loop (want constant, waits or retries)", flag)
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

// Loop implements detector.Source. A loop that only retries gives way to one further out.
func (s *source) Loop(stack []detector.Frame) (found detector.Loop, ok, known bool) {
	retrying := false
	for i, f := range stack {
		if !frame.User(f.Function, f.File) || s.Generated(f.Function, f.File) {
			continue
		}
		known = true
		for _, l := range s.around(f) {
			if !ok || retrying && !l.retrying {
				found, ok, retrying = l.describe(f, i), true, l.retrying
			}
		}
	}
	if ok {
		found.TestOutside = slices.ContainsFunc(stack[found.Frame+1:], func(f detector.Frame) bool {
			return frame.Test(f.File) && len(s.around(f)) > 0
		})
	}
	return found, ok, known
}

// around returns the loops that repeat the call at f, the innermost first.
func (s *source) around(f detector.Frame) []loop {
	var loops []loop
	for _, l := range s.loops {
		if l.file == f.File && l.first < f.Line && f.Line <= l.last {
			loops = append(loops, l)
		}
	}
	slices.SortFunc(loops, func(a, b loop) int { return b.first - a.first })
	return loops
}

// describe returns l as it encloses the call at f, the i-th frame of a stack.
func (l loop) describe(f detector.Frame, i int) detector.Loop {
	return detector.Loop{
		Place: detector.Place{File: l.file, Line: l.first, Function: frame.Name(f.Function)},
		Kind:  l.kind, Test: frame.Test(l.file), Constant: l.constant, Waits: l.waits, Helper: l.helper, Frame: i,
	}
}

// Flows implements detector.Source.
func (s *source) Flows(parent, _ []detector.Frame, l detector.Loop) bool {
	return slices.ContainsFunc(s.flows, func(f flow) bool {
		return f.loop == place{l.File, l.Line} && slices.ContainsFunc(parent, func(fr detector.Frame) bool {
			return f.parent == place{fr.File, fr.Line}
		})
	})
}

// Line implements detector.Source. There is no text to show.
func (s *source) Line(string, int) string { return "" }

// Snippet implements detector.Source.
func (s *source) Snippet([]detector.Frame, detector.Loop, int) []detector.SnippetLine { return nil }

// Generated implements detector.Source.
func (s *source) Generated(_, file string) bool { return slices.Contains(s.generated, file) }
