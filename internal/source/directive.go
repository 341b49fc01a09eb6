package source

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// ignoreMark is how a comment begins that sets findings aside, with or without a space after the slashes:
//
//	//nplusgone:ignore RULE[,RULE…] [max=N] REASON
const ignoreMark = "nplusgone:ignore"

// A directive is such a comment, in one file.
type directive struct {
	line   int
	rules  []string
	max    int // statements, 0 for any number
	reason string
	wrong  string // why it ignores nothing
}

// directives returns the directives of a file, by line.
func directives(lines [][]byte) (all []directive) {
	for i, line := range lines {
		comment := bytes.Index(line, []byte("//"))
		if comment < 0 || len(bytes.TrimSpace(line[:comment])) > 0 && !bytes.ContainsAny(line[comment-1:comment], " \t") {
			continue
		}
		rest, ok := strings.CutPrefix(strings.TrimLeft(string(line[comment+2:]), " "), ignoreMark)
		if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t\r") {
			continue
		}
		d := directive{line: i + 1}
		names, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
		d.rules = strings.Split(names, ",")
		if limit, after, _ := strings.Cut(strings.TrimSpace(rest), " "); strings.HasPrefix(limit, "max=") {
			n, err := strconv.Atoi(limit[len("max="):])
			if err != nil || n < 1 {
				d.wrong = fmt.Sprintf("%q is no number of statements", limit)
			}
			d.max, rest = n, after
		}
		d.reason = strings.TrimSpace(rest)
		for _, name := range d.rules {
			if _, known := analysis.RuleNamed(name); !known {
				d.wrong = cmp.Or(d.wrong, fmt.Sprintf("there is no rule %q", name))
			}
		}
		if d.reason == "" {
			d.wrong = cmp.Or(d.wrong, "it gives no reason")
		}
		all = append(all, d)
	}
	return all
}

// Directive implements detector.Source: it looks on the lines of the user's calls that led to the statement, of the loop,
// above them, and above the functions that hold them.
func (f *Finder) Directive(rule string, stack []analysis.Frame, loop *analysis.Loop) (analysis.Directive, bool) {
	if loop != nil {
		stack = stack[:min(loop.Frame+1, len(stack))]
	}
	for i, fr := range stack {
		src, ok := f.open(fr.Function, fr.File)
		if !ok || !f.user(fr) || len(src.directives()) == 0 {
			continue
		}
		lines := []int{fr.Line}
		if loop != nil && i == len(stack)-1 {
			lines = append(lines, loop.Line)
		}
		if c, ok := f.locate(fr); ok {
			lines = append(lines, src.at(c.decl.Pos()))
		}
		for _, d := range src.directives() {
			if !slices.ContainsFunc(lines, func(line int) bool { return src.annotates(d, line) }) {
				continue
			}
			found := analysis.Directive{Position: place(fr, d.line), Max: d.max, Reason: d.reason, Wrong: d.wrong}
			covers := slices.Contains(d.rules, rule)
			f.notice(found, covers && d.wrong == "")
			if covers {
				return found, true
			}
		}
	}
	return analysis.Directive{}, false
}

func place(fr analysis.Frame, line int) finding.Position {
	return finding.Position{File: frame.Relative(fr.Function, fr.File), Line: line, Function: frame.Name(fr.Function)}
}

// annotates reports whether d stands on a line of the file, or in the comment right above it.
func (f *file) annotates(d directive, line int) bool {
	for at := line; ; at-- {
		if d.line == at {
			return true
		}
		if at <= 1 || !bytes.HasPrefix(bytes.TrimSpace(f.lines[at-2]), []byte("//")) {
			return false
		}
	}
}

// noticed is which directives findings have met, and whether they set one aside.
type noticed struct {
	mu   sync.Mutex
	met  map[finding.Position]analysis.Directive
	used map[finding.Position]bool
}

func (f *Finder) notice(d analysis.Directive, used bool) {
	f.noticed.mu.Lock()
	defer f.noticed.mu.Unlock()
	if f.noticed.used == nil {
		f.noticed.used = make(map[finding.Position]bool)
		f.noticed.met = make(map[finding.Position]analysis.Directive)
	}
	f.noticed.met[d.Position] = d
	f.noticed.used[d.Position] = f.noticed.used[d.Position] || used
}

// Unused returns the directives that findings have met, and that set none aside: they name other rules, or are wrong. One
// that no finding has met may be of use in another run.
func (f *Finder) Unused() (unused []analysis.Directive) {
	f.noticed.mu.Lock()
	defer f.noticed.mu.Unlock()
	for at, d := range f.noticed.met {
		if !f.noticed.used[at] {
			unused = append(unused, d)
		}
	}
	slices.SortFunc(unused, func(a, b analysis.Directive) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return unused
}
