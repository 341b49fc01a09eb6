package analysis

import (
	"cmp"
	"slices"
)

// A MitigationText describes a mitigation for the documentation.
type MitigationText struct {
	Name   string // kebab-case, as a finding has it
	Sees   string // the facts that it needs
	Effect string // suspect or note
	Always bool   // it also lowers a proven finding
}

// Mitigations returns the texts of all mitigations, by effect and then by name.
func Mitigations() []MitigationText {
	var texts []MitigationText
	for _, m := range mitigations {
		texts = append(texts, MitigationText{m.name, m.sees, string(m.effect), m.refutes})
	}
	slices.SortFunc(texts, func(a, b MitigationText) int {
		return cmp.Or(cmp.Compare(a.Effect, b.Effect), cmp.Compare(a.Name, b.Name))
	})
	return texts
}
