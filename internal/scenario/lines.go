package scenario

import (
	"fmt"
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// reader returns what reads the rest of a line that begins with word, nil when word has no meaning of its own.
func (p *parser) reader(word string) func(rest string) error {
	switch word {
	case "dialect":
		return p.dialect
	case "source":
		return p.source
	case "loop":
		return p.loop
	case "elsewhere":
		return p.elsewhere
	case "flows":
		return p.flows
	case "uses":
		return p.uses
	case "generated":
		return p.generated
	case "ignore":
		return p.ignore
	case "code":
		return p.code
	case "stmt":
		return p.stmt
	case "scope":
		return p.scope
	case "begin":
		return p.begin
	case "end":
		return p.end
	case "db":
		return p.db
	case "pause":
		return p.pause
	case "goroutine":
		return p.goroutine
	}
	return nil
}

func (p *parser) do(s step) error {
	p.scenario.steps = append(p.scenario.steps, s)
	return nil
}

func (p *parser) dialect(name string) (err error) {
	if len(p.statements) > 0 {
		return fmt.Errorf("the dialect is before the first stmt")
	}
	p.scenario.dialect, err = fingerprint.ParseDialect(name)
	return err
}

func (p *parser) source(string) error {
	p.scenario.source = &source{lines: map[place]string{}}
	return nil
}

func (p *parser) loop(text string) error {
	if p.scenario.source == nil {
		return fmt.Errorf("a loop is what the source says: want a source line before it")
	}
	l, err := parseLoop(text)
	p.scenario.source.loops = append(p.scenario.source.loops, l)
	return err
}

func (p *parser) flows(text string) error {
	if p.scenario.source == nil {
		return fmt.Errorf("a flow is what the source says: want a source line before it")
	}
	f, err := parseFlow(text)
	p.scenario.source.flows = append(p.scenario.source.flows, f)
	return err
}

// elsewhere is flows for a result that the source shows not to reach the loop.
func (p *parser) elsewhere(text string) error {
	if err := p.flows(text); err != nil {
		return err
	}
	flows := p.scenario.source.flows
	flows[len(flows)-1].excluded = true
	return nil
}

func (p *parser) ignore(text string) error {
	if p.scenario.source == nil {
		return fmt.Errorf("a comment is in the source: want a source line before it")
	}
	d, err := parseDirective(text)
	p.scenario.source.directives = append(p.scenario.source.directives, d)
	return err
}

func (p *parser) generated(file string) error {
	if p.scenario.source == nil {
		return fmt.Errorf("that a file is generated is what the source says: want a source line before it")
	}
	p.scenario.source.generated = append(p.scenario.source.generated, file)
	return nil
}

func (p *parser) code(line string) error {
	if p.scenario.source == nil {
		return fmt.Errorf("a line of code is in the source: want a source line before it")
	}
	at, text, _ := strings.Cut(line, " ")
	file, number, err := parsePlace(at)
	p.scenario.source.lines[place{file, number}] = text
	return err
}

func (p *parser) scope(name string) error {
	if name == "" {
		return fmt.Errorf("want scope NAME")
	}
	p.scoped = true
	return p.do(func(pl *player) { pl.begin(name) })
}

// begin reads the stack that a transaction begins at, which may be left out.
func (p *parser) begin(calls string) error {
	if p.inTx {
		return fmt.Errorf("a transaction has begun already")
	}
	p.inTx = true
	var at stack.ID
	if calls != "" {
		frames, err := parseStack(calls)
		if err != nil {
			return err
		}
		at = stack.Intern(frames)
	}
	return p.do(func(pl *player) { pl.beginTx(at) })
}

func (p *parser) end(string) error {
	if !p.inTx {
		return fmt.Errorf("no transaction has begun")
	}
	p.inTx = false
	return p.do((*player).endTx)
}

func (p *parser) db(name string) error { return p.do(func(pl *player) { pl.use(name) }) }

func (p *parser) goroutine(string) error {
	return p.do(func(pl *player) { pl.goroutine++ })
}

func (p *parser) pause(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil {
		return err
	}
	return p.do(func(pl *player) { pl.now += d })
}
