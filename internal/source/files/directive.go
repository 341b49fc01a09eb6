package files

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
)

// ignoreMark begins a comment that ignores findings, with or without a space after the slashes:
//
//	//nplusgone:ignore RULE[,RULE…] [max=N] REASON
const ignoreMark = "nplusgone:ignore"

// A directive is such a comment, in one file.
type directive struct {
	line   int
	rules  []string
	max    int // statements, 0 for any number
	reason string
	wrong  string // why it is invalid and ignores nothing; "" if it is valid
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

// Directive returns the directive that applies to a finding of rule: on the lines of the calls in handwritten code that
// led to the statement, on the loop's line, in the comments above these lines, or above the functions around them. loop
// is nil if there is none.
func (s *Set) Directive(rule string, stack []analysis.Frame, loop *analysis.Loop) (analysis.Directive, bool) {
	if loop != nil {
		stack = stack[:min(loop.Frame+1, len(stack))]
	}
	for i, fr := range stack {
		src, ok := s.Open(fr.Function, fr.File)
		if !ok || !s.Handwritten(fr) || len(src.directives()) == 0 {
			continue
		}
		lines := []int{fr.Line}
		if loop != nil && i == len(stack)-1 {
			lines = append(lines, loop.Line)
		}
		if c, ok := s.Locate(fr); ok {
			lines = append(lines, src.At(c.Decl.Pos()))
		}
		for _, d := range src.directives() {
			if !slices.ContainsFunc(lines, func(line int) bool { return src.annotates(d, line) }) {
				continue
			}
			found := analysis.Directive{Position: position(fr, d.line), Max: d.max, Reason: d.reason, Wrong: d.wrong}
			covers := slices.Contains(d.rules, rule)
			s.met.add(found, covers && d.wrong == "")
			if covers {
				return found, true
			}
		}
	}
	return analysis.Directive{}, false
}

// annotates reports whether d is on a line of the file, or in the comment directly above it.
func (f *File) annotates(d directive, line int) bool {
	for at := line; ; at-- {
		if d.line == at {
			return true
		}
		if at <= 1 || !bytes.HasPrefix(bytes.TrimSpace(f.lines[at-2]), []byte("//")) {
			return false
		}
	}
}

// A directiveUse records the directives that findings have met, and which of them ignored a finding.
type directiveUse struct {
	mu   sync.Mutex
	met  map[finding.Position]analysis.Directive
	used map[finding.Position]bool
}

func (u *directiveUse) add(d analysis.Directive, used bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.used == nil {
		u.used = make(map[finding.Position]bool)
		u.met = make(map[finding.Position]analysis.Directive)
	}
	u.met[d.Position] = d
	u.used[d.Position] = u.used[d.Position] || used
}

// Unused returns the directives that findings have met and that ignored none of them, in the order of files and lines:
// they name other rules, or are invalid. A directive that no finding has met is not returned: another run may need it.
func (s *Set) Unused() (unused []analysis.Directive) {
	s.met.mu.Lock()
	defer s.met.mu.Unlock()
	for at, d := range s.met.met {
		if !s.met.used[at] {
			unused = append(unused, d)
		}
	}
	slices.SortFunc(unused, func(a, b analysis.Directive) int { return comparePlaces(a.Position, b.Position) })
	return unused
}
