package analysis

import (
	"database/sql/driver"
	"runtime"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A count is what the two loops of countedPass had counted when a statement ran.
type count struct{ inner, outer record.LoopCount }

// countedPass returns a pass over a scope with one statement in two loops: the inner one in the function of the statement, the outer one
// in its caller. Nothing runs between the statements, so that their order says that the inner loop turned.
func countedPass(loops []Loop, counts []count) *Pass {
	frames := []Frame{call("list", 22), call("page", 55), call("serve", 90)}
	var named []runtime.Frame
	for _, f := range frames {
		named = append(named, runtime.Frame{Function: f.Function, File: f.File, Line: f.Line})
	}
	s := record.New("GET /", 0)
	st := record.Statement{
		Parsed: fingerprint.Parse(fingerprint.SQLite, "SELECT name FROM tags WHERE id = ?"), Database: new(record.Database),
		Stack: stack.Intern(named), Goroutine: 1,
		Loops: []record.CountedLoop{{File: frames[0].File, Line: 20}, {File: frames[1].File, Line: 50}},
	}
	for i, c := range counts {
		next := st
		next.Args = []driver.NamedValue{{Ordinal: 1, Value: int64(i)}}
		next.Counts = []record.LoopCount{c.inner, c.outer}
		s.Observe(&next, nil)
	}
	frozen, _ := s.End()
	return NewPass(frozen, &Config{Threshold: 3, Rules: AllRules, Source: &fakeSource{loops: loops, complete: true}})
}

// Proves that the loop which turned is chosen where loops count their turns, whatever the order of the statements and the flags of the
// loops say, and that it is inferred where a count is not known.
func TestMeasuredLoopIsChosen(t *testing.T) {
	at := func(entry, turn uint32) record.LoopCount { return record.LoopCount{Entry: entry, Turn: turn} }
	nested := record.LoopCount{Entry: 9, Turn: 1, Nested: true}
	unknown := record.LoopCount{}
	for _, tt := range []struct {
		name   string
		counts []count
		line   int // of the loop; 0 for none
		from   string
		turns  int
	}{
		{"the inner one", []count{{at(1, 1), at(1, 1)}, {at(1, 2), at(1, 1)}, {at(1, 3), at(1, 1)}}, 20, finding.Measured, 3},
		{"the outer one, the inner one once each time", []count{{at(1, 1), at(1, 1)}, {at(2, 1), at(1, 2)}, {at(3, 1), at(1, 3)}}, 50, finding.Measured, 3},
		{"both", []count{{at(1, 1), at(1, 1)}, {at(1, 2), at(1, 1)}, {at(2, 1), at(1, 2)}, {at(2, 2), at(1, 2)}}, 20, finding.Measured, 4},
		{"the inner one, in entries of the outer one", []count{{at(1, 1), at(1, 1)}, {at(1, 2), at(1, 1)}, {at(2, 1), at(2, 1)}, {at(2, 2), at(2, 1)}}, 20, finding.Measured, 4},
		{"the outer one, the inner one unknown", []count{{unknown, at(1, 1)}, {unknown, at(1, 2)}, {unknown, at(1, 3)}}, 50, finding.Measured, 3},
		{"the inner one, the outer one unknown", []count{{at(1, 1), unknown}, {at(1, 2), unknown}, {at(1, 3), unknown}}, 20, finding.Measured, 3},
		{"none: both are entered again", []count{{at(1, 1), at(1, 1)}, {at(2, 1), at(2, 1)}, {at(3, 1), at(3, 1)}}, 0, "", 0},
		{"none: something else within a turn", []count{{at(1, 1), at(1, 1)}, {at(2, 1), at(1, 1)}, {at(3, 1), at(1, 1)}}, 0, "", 0},
		{"inferred: nothing is known", []count{{unknown, unknown}, {unknown, unknown}, {unknown, unknown}}, 20, "", 3},
		{"inferred: the inner one may be entered within itself", []count{{nested, at(1, 1)}, {at(10, 1), at(1, 1)}, {nested, at(1, 1)}}, 20, "", 3},
		{"inferred: one of the counts is unknown", []count{{at(1, 1), at(1, 1)}, {unknown, unknown}, {at(1, 3), at(1, 1)}}, 20, "", 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "inferred: the inner one may be entered within itself" {
				tt.counts[1].inner.Nested = true
			}
			for _, flags := range []string{"none", "leaves", "test"} {
				inner := Loop{Position: finding.Position{File: "list.go", Line: 20}, End: 24, Frame: 0}
				outer := Loop{Position: finding.Position{File: "page.go", Line: 50}, End: 60, Frame: 1}
				if tt.from == finding.Measured {
					inner.Returns, outer.Returns = flags == "leaves", flags == "leaves"
					outer.Test = flags == "test"
				}
				p := countedPass([]Loop{inner, outer}, tt.counts)
				r := p.repeat(p.groups[0])
				line := 0
				if r.loop != nil {
					line = r.loop.Line
				}
				if line != tt.line || r.measured != (tt.from == finding.Measured) || tt.line > 0 && r.turns != tt.turns || r.tested && r.measured {
					t.Errorf("flags %s: loop %d, measured %v, %d turns, tested %v; want loop %d, measured %v, %d turns",
						flags, line, r.measured, r.turns, r.tested, tt.line, tt.from == finding.Measured, tt.turns)
				}
			}
		})
	}
}

// Proves that counters alone decide where they show which loop turned: the result is the same whatever is inferred.
func TestInferenceDoesNotDecideWhereLoopsAreMeasured(t *testing.T) {
	const loops = 3
	states := []record.LoopCount{{}, {Entry: 1, Turn: 1}, {Entry: 1, Turn: 2}, {Entry: 2, Turn: 1}}
	frames := []Frame{call("list", 22)}
	for combination := range 64 {
		var list []Loop
		var before, after []record.LoopCount
		var counted []record.CountedLoop
		for i := range loops {
			line := 20 - i
			list = append(list, Loop{Position: finding.Position{Line: line}, End: 30})
			counted = append(counted, record.CountedLoop{File: frames[0].File, Line: line})
			before, after = append(before, record.LoopCount{Entry: 1, Turn: 1}), append(after, states[combination>>(2*i)&3])
		}
		s := record.New("", 0)
		st := record.Statement{
			Parsed: fingerprint.Parse(fingerprint.SQLite, "SELECT name FROM tags WHERE id = ?"), Database: new(record.Database),
			Stack: stack.Intern([]runtime.Frame{{Function: frames[0].Function, File: frames[0].File, Line: 22}}), Goroutine: 1, Loops: counted,
		}
		for _, counts := range [][]record.LoopCount{before, after} {
			next := st
			next.Counts = counts
			s.Observe(&next, nil)
		}
		frozen, _ := s.End()
		p := NewPass(frozen, &Config{Source: &fakeSource{}})
		m := p.measure(p.groups[0], frames, list)
		first, measured := m.turned(1, 0)
		for inferred := range loops + 1 {
			got, again := m.turned(1, inferred)
			if again != measured || measured && got != first {
				t.Errorf("counts %v: loop %d, measured %v; with loop %d inferred: loop %d, measured %v", after, first, measured, inferred, got, again)
			}
			if !again && got >= 0 && got < loops && after[got] != (record.LoopCount{}) {
				t.Errorf("counts %v: loop %d is inferred, whose counts are known", after, got)
			}
		}
	}
}
