package cli

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/baseline"
	"github.com/nplusgone/nplusgone/report"
)

// A live analyses what a program records while it runs, and prints findings as its requests end.
type live struct {
	j       *judge
	c       *collector
	out     io.Writer
	level   finding.Level
	known   *baseline.Baseline   // nil for none
	printed map[string]weight    // by identity
	open    map[string]*recorded // by file
}

// A weight says how bad a finding was when it was printed.
type weight struct {
	level finding.Level
	most  int // statements
}

// What the analysis takes while the program runs: it works for up to liveWork, or for one scope, and pauses for livePause, or for liveRest
// times as long as it has worked. So it has one fifth of a processor at most, also if it cannot keep up; the rest is analysed at the end.
// Its priority is lower than that of the program as well.
const (
	liveWork  = 50 * time.Millisecond
	livePause = 200 * time.Millisecond
	liveRest  = 4
)

// liveEvents is how many events are read between two looks at the clock. A scope of a request has about as many.
const liveEvents = 64

func newLive(t *recording, j *judge, c *collector, out io.Writer) (*live, error) {
	l := &live{j: j, c: c, out: out, level: t.report.Level.Level, printed: make(map[string]weight), open: make(map[string]*recorded)}
	if t.report.Baseline != "" {
		known, err := readBaseline(t.report.Baseline)
		if err != nil {
			return nil, err
		}
		l.known = known
	}
	return l, nil
}

// follow analyses what is recorded until done is closed.
func (l *live) follow(done <-chan struct{}) error {
	lowerPriority()
	for {
		began := time.Now()
		if err := l.step(began.Add(liveWork)); err != nil {
			return err
		}
		select {
		case <-done:
			return nil
		case <-time.After(max(livePause, liveRest*time.Since(began))):
		}
	}
}

// step analyses what was recorded so far, until a time.
func (l *live) step(until time.Time) error {
	if err := l.begin(); err != nil {
		return err
	}
	for _, r := range l.open {
		for time.Now().Before(until) {
			more, err := r.read(liveEvents)
			if err != nil {
				return err
			}
			if !more {
				break
			}
		}
	}
	return nil
}

// begin begins with the files of processes that are new.
func (l *live) begin() error {
	files, err := l.c.files()
	if err != nil {
		return err
	}
	for _, file := range files {
		if l.open[file] != nil {
			continue
		}
		if l.open[file], err = l.j.begin(file, l.c, l.print); err != nil {
			delete(l.open, file)
			return err
		}
	}
	return nil
}

// finish analyses the rest, after the program has ended.
func (l *live) finish() error {
	err := l.begin()
	for _, r := range l.open {
		if err == nil {
			err = r.finish()
		} else {
			err = errors.Join(err, r.close())
		}
	}
	return err
}

// print prints the findings that count, each once, and again if it has become worse: more certain, or at least twice as many statements.
func (l *live) print(findings []finding.Finding) {
	for i := range findings {
		f := &findings[i]
		if !f.Gates(l.level) || l.known != nil && l.known.Why(f) != "" {
			continue
		}
		w, printed := l.printed[f.Identity]
		if printed && f.Level <= w.level && f.Most() < 2*w.most {
			continue
		}
		l.printed[f.Identity] = weight{max(f.Level, w.level), max(f.Most(), w.most)}
		fmt.Fprintf(l.out, "\n%s\n", report.Block(*f))
	}
}
