package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// A Directive is a comment in the source that sets findings aside.
type Directive struct {
	finding.Position
	Max    int // up to how many statements are fine; 0 for any number
	Reason string
	Wrong  string // why it sets nothing aside; empty when it does
}

// setAside makes a note of a hit that an exception or a directive in the source is about, or says why not.
func (p *Pass) setAside(h *hit) {
	if h.note != "" {
		return
	}
	for _, e := range p.cfg.Exceptions {
		switch {
		case !p.fits(e, h):
		case e.Max == 0 || h.count <= e.Max:
			h.note = e.Reason
			return
		default:
			h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("these are more than the %d that an exception allows", e.Max)})
		}
	}
	if p.cfg.Source == nil {
		return
	}
	t := p.trace(h.group.Key.Stack)
	d, ok := p.cfg.Source.Directive(h.rule.Name, p.inScope(t.frames), h.repeat.loop)
	at := fmt.Sprintf("%s:%d", d.File, d.Line)
	switch {
	case !ok:
	case d.Wrong != "":
		h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: fmt.Sprintf("the comment at %s sets nothing aside: %s", at, d.Wrong)})
	case d.Max > 0 && h.count > d.Max:
		h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: fmt.Sprintf("these are more than the %d that the comment at %s allows", d.Max, at)})
	default:
		h.note = d.Reason
	}
}

// fits reports whether e is about h.
func (p *Pass) fits(e finding.Exception, h *hit) bool {
	if e.Rule != "" && e.Rule != h.rule.Name {
		return false
	}
	if e.Table != "" && !slices.Contains(h.group.Facts().Tables, e.Table) {
		return false
	}
	if e.Fingerprint != "" && !strings.HasPrefix(h.group.Key.ID.String(), e.Fingerprint) {
		return false
	}
	if e.Function == "" {
		return true
	}
	if l := h.repeat.loop; l != nil && l.Function == e.Function {
		return true
	}
	return slices.ContainsFunc(p.trace(h.group.Key.Stack).frames, func(f Frame) bool { return isUser(f) && p.place(f).Function == e.Function })
}
