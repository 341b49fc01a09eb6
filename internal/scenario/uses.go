package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// uses says what the source does with the rows of the statement that is called at a place. Several lines are joined.
func (p *parser) uses(text string) error {
	if p.scenario.source == nil {
		return fmt.Errorf("a use is what the source says: want a source line before it")
	}
	words := strings.Fields(text)
	if len(words) < 2 {
		return fmt.Errorf("want uses FILE:LINE WORD…")
	}
	at, err := parseUsePlace(words[0])
	if err != nil {
		return err
	}
	src := p.scenario.source
	i := slices.IndexFunc(src.uses, func(u useAt) bool { return u.at == at })
	if i < 0 {
		src.uses = append(src.uses, useAt{at: at, use: analysis.RowUse{Known: true, Unread: true}})
		i = len(src.uses) - 1
	}
	return src.uses[i].add(words[1], words[2:])
}

type useAt struct {
	at  place
	use analysis.RowUse
}

func (u *useAt) add(word string, rest []string) error {
	use := &u.use
	switch word {
	case "through":
		use.Through = true
	case "gathered":
		use.Gathered = true
	case "single":
		use.Single = true
	case "relation":
		use.Relation = true
	case "owned":
		use.Relation, use.ToOne = true, true
	case "counted", "asked":
		pl, err := usePlace(rest)
		if err != nil {
			return err
		}
		if word == "counted" {
			use.Counts = append(use.Counts, pl)
		} else {
			use.Exists = append(use.Exists, pl)
		}
	case "reads":
		u.reads(rest...)
	case "sum", "max", "min":
		if len(rest) != 2 {
			return fmt.Errorf("want %s COLUMN FILE:LINE", word)
		}
		pl, err := usePlace(rest[1:])
		if err != nil {
			return err
		}
		u.reads(rest[0])
		use.Folds = append(use.Folds, analysis.Fold{Func: word, Expr: "{" + rest[0] + "}", Position: pl})
	case "keeps":
		if len(rest) != 4 {
			return fmt.Errorf("want keeps COLUMN OPERATOR VALUE FILE:LINE")
		}
		pl, err := usePlace(rest[3:])
		if err != nil {
			return err
		}
		u.reads(rest[0])
		use.Filter = &analysis.Filter{Column: named(rest[0]), Op: rest[1], Operand: rest[2], Position: pl}
		if text, quoted := strings.CutPrefix(rest[2], "'"); quoted {
			use.Filter.Literal = strings.TrimSuffix(text, "'")
		}
	case "feeds":
		return u.feeds(rest)
	default:
		return fmt.Errorf("unknown use %q (want counted, asked, reads, sum, max, min, keeps, feeds, gathered or through)", word)
	}
	return nil
}

// feeds reads FILE:LINE COLUMN [only] [= EXPRESSION].
func (u *useAt) feeds(rest []string) error {
	if len(rest) < 2 {
		return fmt.Errorf("want feeds FILE:LINE COLUMN [only] [= EXPRESSION]")
	}
	at, err := parseUsePlace(rest[0])
	if err != nil {
		return err
	}
	u.reads(rest[1])
	a := analysis.Argument{Column: named(rest[1]), File: at.file, Line: at.line}
	rest = rest[2:]
	if len(rest) > 0 && rest[0] == "only" {
		a.Only, rest = true, rest[1:]
	}
	if len(rest) > 1 && rest[0] == "=" {
		a.Expr = strings.ReplaceAll(strings.Join(rest[1:], " "), a.Column.Name, "{"+a.Column.Name+"}")
	}
	u.use.Feeds = append(u.use.Feeds, a)
	return nil
}

func (u *useAt) reads(names ...string) {
	u.use.Unread = false
	for _, n := range names {
		if c := named(n); !slices.Contains(u.use.Reads, c) {
			u.use.Reads = append(u.use.Reads, c)
		}
	}
}

func named(column string) analysis.Column { return analysis.Column{Index: -1, Name: column} }

func parseUsePlace(text string) (pl place, err error) {
	pl.file, pl.line, err = parsePlace(text)
	return pl, err
}

func usePlace(words []string) (finding.Position, error) {
	if len(words) != 1 {
		return finding.Position{}, fmt.Errorf("want FILE:LINE at the end")
	}
	pl, err := parseUsePlace(words[0])
	return finding.Position{File: pl.file, Line: pl.line}, err
}

// Rows implements analysis.Source.
func (s *source) Rows(stack []analysis.Frame) analysis.RowUse {
	for _, u := range s.uses {
		if len(stack) > 0 && u.at == (place{stack[0].File, stack[0].Line}) {
			return u.use
		}
	}
	return analysis.RowUse{}
}
