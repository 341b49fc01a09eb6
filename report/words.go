package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// number writes n with a comma between thousands.
func number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// plural writes n things, for a thing whose plural ends in s, or in ies for a y.
func plural(n int, thing string) string {
	switch stem, y := strings.CutSuffix(thing, "y"); {
	case n == 1:
		return "1 " + thing
	case y:
		return number(n) + " " + stem + "ies"
	}
	return number(n) + " " + thing + "s"
}

// times writes how often something happened.
func times(n int) string {
	if n == 1 {
		return "once"
	}
	return number(n) + " times"
}

// duration writes milliseconds with as many digits as are needed to compare, and from 1,000 on as seconds. A time that was
// not measured is "".
func duration(ms float64) string {
	switch {
	case ms <= 0:
		return ""
	case ms < 0.001:
		return "< 0.001 ms"
	case ms < 1:
		return digits(ms, 3) + " ms"
	case ms < 10:
		return digits(ms, 2) + " ms"
	case ms < 100:
		return digits(ms, 1) + " ms"
	case ms < 999.5:
		return digits(ms, 0) + " ms"
	case ms < 99_950:
		return digits(ms/1000, 1) + " s"
	}
	return number(int(ms/1000+0.5)) + " s"
}

// digits writes f with at most so many decimals.
func digits(f float64, decimals int) string {
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// list joins the parts that are not empty.
func list(sep string, parts ...string) string {
	var filled []string
	for _, p := range parts {
		if p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, sep)
}

// fileLine writes a position in the form that editors read; "" when the file is unknown.
func fileLine(file string, line int) string {
	switch {
	case file == "":
		return ""
	case line <= 0:
		return printable.Line(file)
	}
	return fmt.Sprintf("%s:%d", printable.Line(file), line)
}

// callsOf returns the calls from the position of f down to the statement: those that the finding has, or the call site of
// its only statement.
func callsOf(f *finding.Finding) []finding.Position {
	if len(f.Calls) > 0 || f.Loop == nil || len(f.Statements) > 1 {
		return f.Calls
	}
	return []finding.Position{f.CallSite}
}

// callChain writes calls, each with its function where that changes. The first function is the one that is shown before
// the chain.
func callChain(f *finding.Finding) (links []string) {
	function := f.Position().Function
	home := packageOf(function)
	for _, c := range callsOf(f) {
		link := fileLine(c.File, c.Line)
		if c.Function != function {
			link = list(" ", link, printable.Line(withoutPackage(c.Function, home)))
		}
		function = c.Function
		if link != "" {
			links = append(links, link)
		}
	}
	return links
}

// packageOf returns the package of a function's name: blog of blog.(*Store).Posts.
func packageOf(function string) string {
	pkg, _, _ := strings.Cut(function, ".")
	return pkg
}

// withoutPackage returns a function's name without its package, if that is pkg.
func withoutPackage(function, pkg string) string {
	if name, ok := strings.CutPrefix(function, pkg+"."); ok && pkg != "" {
		return name
	}
	return function
}

// growth says what the fix removes and what more rows would cost; "" when neither is known.
func growth(f *finding.Finding) string {
	var removes, more string
	if f.Saved > 0 {
		removes = "the fix removes " + plural(f.Saved, "round trip")
	}
	if f.Worst > 0 && f.Worst < f.Count {
		if removes != "" {
			removes += " in all runs"
		}
		more = "at most " + plural(f.Worst, "round trip") + " in one run"
	} else if f.Loop != nil && f.Count > 1 {
		more = "at 10× the rows this loop makes about " + number(10*f.Count)
		if removes == "" {
			more += " round trips"
		}
	}
	return list("; ", removes, more)
}

// activity is what ran, whatever was found in it.
type activity struct {
	scopes, statements, unscoped int
	milliseconds                 float64
}

func activityOf(p finding.Profile) activity {
	var a activity
	for _, s := range p.Scopes {
		a.scopes += s.Scopes
		a.statements += s.Statements
		a.milliseconds += s.Milliseconds
	}
	a.scopes += p.EmptyScopes
	if p.Unscoped != nil {
		a.unscoped = p.Unscoped.Statements
	}
	return a
}

// nothing says why nothing was checked.
func (a activity) nothing() string {
	switch {
	case a.unscoped > 0:
		return plural(a.unscoped, "statement") + " ran, but outside every scope; give each test, request or job a scope"
	case a.scopes > 0:
		return "no statement ran in " + plural(a.scopes, "scope")
	}
	return "no statement ran on a watched database"
}

func (a activity) String() string {
	var in, out string
	if a.statements > 0 {
		in = list(", ", plural(a.statements, "statement")+" in "+plural(a.scopes, "scope"), duration(a.milliseconds))
	}
	if a.unscoped > 0 {
		out = plural(a.unscoped, "statement") + " outside every scope"
	}
	return list("; ", in, out)
}

// found says how many findings there are, by level.
func (t Tally) found() string {
	if t.From(finding.Suspect) == 0 {
		return "no findings"
	}
	var levels []string
	for _, l := range []finding.Level{finding.Proven, finding.Likely, finding.Suspect} {
		if n := t.Levels[l]; n > 0 {
			levels = append(levels, number(n)+" "+l.String())
		}
	}
	return plural(t.From(finding.Suspect), "finding") + " (" + strings.Join(levels, ", ") + ")"
}

// setAside says how many findings mitigations set aside, and which; "" for none.
func (t Tally) setAside() string {
	var names []string
	total := 0
	for _, s := range t.SetAside() {
		total += s.Findings
		names = append(names, number(s.Findings)+" "+printable.Line(s.Mitigation))
	}
	if total == 0 {
		return ""
	}
	return plural(total, "finding") + " set aside: " + strings.Join(names, ", ")
}

// unread says which types of arguments could not be read; "" for none.
func unread(p finding.Profile) string {
	if len(p.UnreadTypes) == 0 {
		return ""
	}
	return "Values of these types could not be read, so arguments of them are treated as unknown: " + shortList(p.UnreadTypes)
}

// rowUse says for how many queries the use of rows is known; "" if it is for all.
func rowUse(p finding.Profile) string {
	u := p.RowUse
	if u == nil || u.Known == u.Queries {
		return ""
	}
	return fmt.Sprintf("use of rows known for %s of %s", number(u.Known), plural(u.Queries, "query"))
}

// maxListed is how many elements of a list are shown.
const maxListed = 10

// shortList writes the first elements of all, and how many there are more.
func shortList(all []string) string {
	shown := make([]string, 0, maxListed)
	for _, s := range all[:min(len(all), maxListed)] {
		shown = append(shown, printable.Line(s))
	}
	text := strings.Join(shown, ", ")
	if rest := len(all) - len(shown); rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}
