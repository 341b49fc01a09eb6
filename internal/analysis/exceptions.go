package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// applyExceptions makes h a note if the user accepts it, in an exception or in a comment in the source. Otherwise it adds
// evidence of why an exception or a comment does not apply.
func (p *Pass) applyExceptions(h *detection) {
	if h.note != "" {
		return
	}
	for _, e := range p.cfg.Exceptions {
		switch {
		case !p.matchesException(e, h):
		case e.Max == 0 || h.count <= e.Max:
			h.note = e.Reason
			return
		default:
			h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d statements exceed the maximum of %d of an exception", h.count, e.Max)})
		}
	}
	if p.cfg.Source == nil {
		return
	}
	t := p.callStack(h.group.Key.Stack)
	d, ok := p.cfg.Source.Directive(h.rule.Name, p.inScope(t.frames), h.repeat.loop)
	at := fmt.Sprintf("%s:%d", d.File, d.Line)
	switch {
	case !ok:
	case d.Wrong != "":
		h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: fmt.Sprintf("the comment at %s has no effect: %s", at, d.Wrong)})
	case d.Max > 0 && h.count > d.Max:
		h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: fmt.Sprintf("%d statements exceed the maximum of %d of the comment at %s", h.count, d.Max, at)})
	default:
		h.note = d.Reason
	}
}

// matchesException reports whether all fields of e that are not empty match h.
func (p *Pass) matchesException(e finding.Exception, h *detection) bool {
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
	return slices.ContainsFunc(p.callStack(h.group.Key.Stack).frames, func(f Frame) bool { return isUser(f) && p.position(f).Function == e.Function })
}
