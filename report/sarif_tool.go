package report

import (
	"cmp"
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

const homepage = "https://github.com/nplusgone/nplusgone"

// sarifTool describes the tool with all its rules, whether or not they found anything.
func sarifTool(t Tool, all []*finding.Rule) map[string]any {
	rules := []map[string]any{}
	for _, r := range all {
		rules = append(rules, sarifRule(r))
	}
	driver := map[string]any{"name": cmp.Or(t.Name, "nplusgone"), "informationUri": homepage, "rules": rules}
	if t.Version != "" {
		driver["version"] = t.Version
	}
	return map[string]any{"driver": driver}
}

func sarifRule(r *finding.Rule) map[string]any {
	precision, level := "medium", "warning"
	switch r.Max {
	case finding.Proven:
		precision, level = "very-high", "error"
	case finding.Likely:
		precision, level = "high", "error"
	}
	return map[string]any{
		"id":                   r.Name,
		"shortDescription":     sarifMessage{Text: r.Title},
		"fullDescription":      sarifMessage{Text: r.Doc},
		"helpUri":              homepage + "/blob/main/docs/rules.md#" + r.Name,
		"help":                 ruleHelp(r),
		"defaultConfiguration": map[string]string{"level": level},
		"properties":           map[string]any{"precision": precision, "problem.severity": level, "tags": []string{"performance", "database", "sql"}},
	}
}

func ruleHelp(r *finding.Rule) sarifMessage {
	return sarifMessage{
		Text: fmt.Sprintf("%s\n\nWhy it costs: %s\n\nHow sure it is: %s\n\nWhat to do: %s", r.Doc, r.Cost, r.Proof, r.Fix),
		Markdown: fmt.Sprintf("%s\n\n**Why it costs.** %s\n\n**How sure it is.** %s\n\n**What to do.** %s\n\n**What stays quiet.** %s",
			r.Doc, r.Cost, r.Proof, r.Fix, r.Quiet),
	}
}

// sarifInvocations says whether the runs are whole, and which are not.
func sarifInvocations(runs []finding.TestRun) []map[string]any {
	notes := []map[string]any{}
	for _, r := range runs {
		if r.Missing != "" {
			notes = append(notes, map[string]any{"level": "error", "message": sarifMessage{Text: plainMessage(printable.Line(r.Package + ": " + r.Missing))}})
		}
	}
	return []map[string]any{{"executionSuccessful": len(notes) == 0, "toolExecutionNotifications": notes}}
}
