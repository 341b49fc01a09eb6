package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// rulesCommand lists the rules.
type rulesCommand struct {
	JSON bool `name:"json" help:"Write all texts of the rules, as a JSON array."`
}

// Run implements the subcommand.
func (c *rulesCommand) Run(std *streams) error {
	if c.JSON {
		return writeRulesJSON(std.out)
	}
	out := bufio.NewWriter(std.out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "rule\ttips\tlevel\twhat it finds")
	for _, r := range analysis.Rules() {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", r.Name, numbers(r.Tips), highest(r), r.Title)
	}
	table.Flush()
	return out.Flush()
}

// highest returns the highest level of a rule, or note for a rule that only makes notes.
func highest(r *finding.Rule) string {
	if r.Note != "" {
		return "note"
	}
	return r.Max.String()
}

// ruleJSON is a rule in JSON.
type ruleJSON struct {
	Name  string        `json:"name"`
	Title string        `json:"title"`
	Since string        `json:"since"`
	Tips  []int         `json:"tips"`
	Level finding.Level `json:"level"` // the highest
	Doc   string        `json:"doc"`
	Cost  string        `json:"cost"`
	Proof string        `json:"proof"`
	Fix   string        `json:"fix"`
	Quiet string        `json:"quiet"`
}

func writeRulesJSON(w io.Writer) error {
	rules := []ruleJSON{}
	for _, r := range analysis.Rules() {
		rules = append(rules, ruleJSON{r.Name, r.Title, r.Since, append([]int{}, r.Tips...), r.Max, r.Doc, r.Cost, r.Proof, r.Fix, r.Quiet})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(rules)
}

func numbers(ns []int) string {
	words := make([]string, len(ns))
	for i, n := range ns {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}
