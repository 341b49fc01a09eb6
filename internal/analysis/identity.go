package analysis

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// cause identifies what repeated a detection's statements: the loop, or the call site if no loop is known. Detections of one rule with one
// cause become one finding.
func (p *Pass) cause(h *detection) string {
	if h.subject != "" {
		return h.subject
	}
	if h.at != nil {
		return fmt.Sprintf("use %s:%d %x", h.at.File, h.at.Line, h.group.Key.ID)
	}
	if l := h.repeat.loop; l != nil {
		return fmt.Sprintf("loop %s:%d", l.File, l.Line)
	}
	site := p.callStack(h.group.Key.Stack).site
	return fmt.Sprintf("site %s:%d %x", site.File, site.Line, h.group.Key.ID)
}

// An identifier computes the identities of a scope's findings, which stay the same when lines move: they consist of the rule,
// the name of the function, and the fingerprint. If several findings in one function have the same, their order distinguishes
// them.
type identifier struct {
	ordinals map[string]int // by identity without ordinal: the next one; by that and cause: the one that was given
}

// of returns the identity of one member of a finding. function is the one that has the loop or the call site.
func (i *identifier) of(h *detection, function, cause string) string {
	base := digest(h.rule.Name, function, h.group.Key.ID.String())
	if h.subject != "" {
		base = digest(h.rule.Name, h.subject, h.group.Key.DB.Dialect.String())
	}
	if i.ordinals == nil {
		i.ordinals = make(map[string]int)
	}
	key := base + cause
	n, ok := i.ordinals[key]
	if !ok {
		n = i.ordinals[base]
		i.ordinals[base]++
		i.ordinals[key] = n
	}
	if n == 0 {
		return base
	}
	return digest(base, fmt.Sprint(n))
}

// identityOf returns the identity of a finding with the given members, which are sorted.
func identityOf(members []string) string {
	if len(members) == 1 {
		return members[0]
	}
	return digest(members...)
}

// digest returns 16 hexadecimal digits for the given parts.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}
