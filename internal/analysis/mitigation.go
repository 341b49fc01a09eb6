package analysis

import (
	"cmp"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// An effect is what a mitigation does to a finding.
type effect string

const (
	toSuspect effect = "suspect" // the finding is at most suspect
	toNote    effect = "note"    // the finding is a note: it is kept, and never fails a check
)

// A mitigation is a reason why a repetition may be right. It annotates a finding and never deletes it.
type mitigation struct {
	name string // kebab-case, stable; shown with the finding and counted in the report
	sees string // the facts that it needs, for the documentation
	text string // the text in reports
	effect
	// refutes says that the facts explain the repetition otherwise, so that a proven finding is lowered as well. Other
	// mitigations do not apply to proven findings.
	refutes bool
	applies func(*Pass, *detection) bool
}

// mitigations is the table. A finding lists all that apply, in this order.
var mitigations = []*mitigation{
	{
		name: "library-only", effect: toNote, refutes: true,
		sees: "no application code is on the stack of the statement",
		text: "issued by a library; no application code is on the stack",
		applies: func(p *Pass, h *detection) bool {
			t := p.callStack(h.group.Key.Stack)
			return t.user < 0 && len(t.frames) > 0 && len(t.frames) < cutStack && h.repeat.loop == nil
		},
	},
	{
		name: "set-up", effect: toNote, refutes: true,
		sees:    "a migrator's package, TestMain or an init function is on the stack",
		text:    "it prepares the database: a migration, TestMain or an init function runs it",
		applies: func(p *Pass, h *detection) bool { return p.callStack(h.group.Key.Stack).setUp },
	},
	{
		name: "test-loop", effect: toNote, refutes: true,
		sees:    "the loop, or without a loop the call, is in a _test.go file or in a file that names testing.TB or a like type; or each subtest of the scope ran the statement once",
		text:    "the loop is in the test itself",
		applies: (*Pass).repeatsInTest,
	},
	{
		name: "test-loop-around", effect: toSuspect, refutes: true,
		sees:    "a loop of a test encloses the loop, no statement that ran between shows which of the two turned, and the arguments are no values of an earlier result",
		text:    "a loop of the test encloses this one, and may be the one that turned",
		applies: func(_ *Pass, h *detection) bool { return h.repeat.tested && h.match == nil },
	},
	{
		name: "separate-requests", effect: toNote, refutes: true,
		sees: "no loop is known, the goroutine is that of a server or of a worker, and the scope was begun outside of it",
		text: "the scope has several requests or messages, and each of them runs it",
		applies: func(p *Pass, h *detection) bool {
			return h.repeats() && h.repeat.loop == nil && (!h.partsInOneFunction() || p.exclusive(h)) && p.served(h.group)
		},
	},
	{
		name: "own-goroutines", effect: toSuspect, refutes: true,
		sees: "each statement ran on a goroutine of its own, which begins in the application's own function; the source was read and shows no loop that starts them, and the arguments are no values of an earlier result",
		text: "each ran on a goroutine of its own, and no loop is known that starts them",
		applies: func(p *Pass, h *detection) bool {
			return p.cfg.Source != nil && h.perRow && h.repeat.loop == nil && h.match == nil && p.onOwnGoroutines(h.group)
		},
	},
	{
		name: "no-loop", effect: toNote, refutes: true,
		sees:    "the source of all application frames was read, and no loop encloses the call, or it was mostly left after one turn",
		text:    "no loop in the source repeats the call: separate requests or calls do",
		applies: func(_ *Pass, h *detection) bool { return h.perRow && h.repeat.loop == nil && h.repeat.source },
	},
	{
		name: "fixed-turns", effect: toNote, refutes: true,
		sees: "types and syntax fix how often the loop turns: an array, constants, a constant bound",
		text: "the source fixes how often the loop turns",
		applies: func(_ *Pass, h *detection) bool {
			l := h.repeat.loop
			return h.repeats() && l != nil && l.Constant && (l.Kind != LoopCounter || h.repeat.times <= maxFixedTurns)
		},
	},
	{
		name: "polling", effect: toNote, refutes: true,
		sees:    "the loop's own body sleeps or waits for a timer",
		text:    "the loop waits between its turns: it polls",
		applies: func(_ *Pass, h *detection) bool { return h.repeats() && h.repeat.loop != nil && h.repeat.loop.Waits },
	},
	{
		name: "search", effect: toSuspect, refutes: true,
		sees: "the result of the statement decides whether the loop goes on",
		text: "the statement's result ends the loop, so that not all keys need a statement",
		applies: func(_ *Pass, h *detection) bool {
			l := h.repeat.loop
			return h.perRow && l != nil && (l.Searches || l.Stops && h.group.Facts().Effect() == fingerprint.Select)
		},
	},
	{
		name: "stops-early", effect: toSuspect, refutes: true,
		sees: "the loop has an exit that is not an error's, and the rows after the last key were not used",
		text: "the loop stops before the end of the rows, so that not all of them need a statement",
		applies: func(_ *Pass, h *detection) bool {
			return h.perRow && h.repeat.loop != nil && h.repeat.loop.Exits && h.match != nil && h.match.unused > 0
		},
	},
	{
		name: "chained-keys", effect: toSuspect, refutes: true,
		sees: "each key was returned by the statement before",
		text: "each key is in the row that the statement before returned, so that it is not known earlier",
		applies: func(_ *Pass, h *detection) bool {
			return h.perRow && h.group.Chained() && (h.match == nil || h.match.strength == byValue)
		},
	},
	{
		name: "next-row", effect: toSuspect, refutes: true,
		sees: "each turn fetches the row that it handles",
		text: "each turn fetches its row first, so that the next key is not known earlier",
		applies: func(p *Pass, h *detection) bool {
			return h.perRow && h.match != nil && h.match.strength > byValue && !p.fansOutOf(h.match.parent, h.group)
		},
	},
	{
		name: "cache", effect: toSuspect, refutes: true,
		sees: "source and types show a cache that outlives the scope, is asked before the statement and filled after it, and rows were skipped",
		text: "the statement runs only when a shared cache misses",
		applies: func(_ *Pass, h *detection) bool {
			return h.perRow && h.repeat.loop != nil && h.repeat.loop.Cached && h.skipsRows()
		},
	},
	{
		name: "get-or-create", effect: toSuspect, refutes: true,
		sees:    "an INSERT into the same table, in the same loop, ran at most as often as the statement found nothing",
		text:    "rows that are not found are inserted: an upsert in two statements",
		applies: func(p *Pass, h *detection) bool { return h.perRow && p.getsOrCreates(h.group) },
	},
	{
		name: "key-list", effect: toSuspect, refutes: true,
		sees:    "each statement takes a list of several keys",
		text:    "each statement takes a list of keys already",
		applies: func(_ *Pass, h *detection) bool { v := h.group.Varies(); return h.perRow && v.List && !v.Key },
	},
	{
		name: "list-beside-key", effect: toSuspect, refutes: true,
		sees:    "each statement takes a list of several keys beside a value that differs",
		text:    "each statement takes a list of keys already, beside a value that differs",
		applies: func(_ *Pass, h *detection) bool { v := h.group.Varies(); return h.perRow && v.List && v.Key },
	},
	{
		name: "locks-each-row", effect: toSuspect, refutes: true,
		sees: "each statement locks its row in a transaction of its own",
		text: "each row is locked in a transaction of its own, and may need it",
		applies: func(_ *Pass, h *detection) bool {
			return h.perRow && h.group.Facts().Locking && h.group.OwnTransactions()
		},
	},
	{
		name: "own-transaction", effect: toSuspect, refutes: true,
		sees: "each statement ran in a transaction or savepoint of its own that the application began",
		text: "each row has a transaction or savepoint of its own, and may need it",
		applies: func(p *Pass, h *detection) bool {
			return h.perRow && p.ownUnits(h.group)
		},
	},
	{
		name: "script", effect: toSuspect, refutes: true,
		sees: "the loop ranges over texts, gives each to the database, and no statement has an argument",
		text: "the loop runs the statements of a script",
		applies: func(p *Pass, h *detection) bool {
			l := h.repeat.loop
			return l != nil && l.Passes && l.Frame == p.callStack(h.group.Key.Stack).user && !slices.ContainsFunc(h.group.Parsed.Bindings, func(b fingerprint.Binding) bool { return b.Arg >= 0 })
		},
	},
	{
		name: "sends", effect: toSuspect, refutes: true,
		sees: "each turn also calls a package that sends data to another program, and checks the error",
		text: "each turn also sends data to another program, and the row may record the outcome",
		applies: func(p *Pass, h *detection) bool {
			return h.perRow && h.group.Facts().Effect() != fingerprint.Select && p.reachesOut(h.group, h.repeat)
		},
	},
	{
		name: "pauses", effect: toSuspect, refutes: true,
		sees: "the source is not available, and 5 ms or more passed between any two of the statements",
		text: "the statements came with pauses, as a poll does",
		applies: func(_ *Pass, h *detection) bool {
			return h.repeated != nil && h.parts == nil && h.repeat.loop == nil && !h.repeat.source && h.group.Pause >= pollPause
		},
	},
	{
		name: "waits-between", effect: toSuspect, refutes: true,
		sees:    "one of the call sites is in a loop that sleeps or waits for a timer",
		text:    "it is read again after waiting",
		applies: (*Pass).waitsBetween,
	},
	{
		name: "retry", effect: toSuspect, refutes: true,
		sees:    "a loop that ends with the first successful turn encloses the query",
		text:    "it is read again for a retry",
		applies: (*Pass).readsForRetry,
	},
	{
		name: "lock-between", effect: toSuspect, refutes: true,
		sees:    "a method that takes a lock is called between the two reads, as types show",
		text:    "it is read again under a lock",
		applies: (*Pass).lockBetween,
	},
	{
		name: "equal-values", effect: toSuspect, refutes: true,
		sees:    "the key was returned by statements with different arguments",
		text:    "the keys come from different rows that have the same value",
		applies: func(p *Pass, h *detection) bool { return h.repeated != nil && p.keyOfOtherRows(h.repeated) },
	},
	{
		name: "generated-code", effect: toSuspect, refutes: true,
		sees:    "the stacks of all call sites part in generated code, and no other code of the application is within",
		text:    "generated code issues each of them for one call, and the application cannot pass on what it read",
		applies: func(_ *Pass, h *detection) bool { return h.generated },
	},
	{
		name: "called-back", effect: toSuspect, refutes: true,
		sees:    "libraries call one function of the application at two places, on goroutines that no application code is on otherwise",
		text:    "libraries call the same function again, and it cannot know of the call before",
		applies: (*Pass).calledBack,
	},
	{
		name: "messages", effect: toSuspect,
		sees:    "each turn takes a message from a channel in a select, or from a library that receives",
		text:    "each turn takes a message as it comes, and the next may not have arrived",
		applies: func(_ *Pass, h *detection) bool { return h.perRow && h.repeat.loop != nil && h.repeat.loop.Receives },
	},
}

// mitigate applies the table to a detection.
func (p *Pass) mitigate(h *detection) {
	for _, m := range mitigations {
		if !m.applies(p, h) {
			continue
		}
		if h.level == finding.Proven && !m.refutes {
			continue
		}
		h.mitigations = append(h.mitigations, finding.Mitigation{Name: m.name, Effect: string(m.effect), Text: m.text})
		if h.level > finding.Suspect && m.effect == toSuspect {
			h.level = finding.Suspect
		}
		if m.effect == toNote {
			h.note = cmp.Or(h.note, m.text)
		}
	}
}

// mitigated reports whether a mitigation of that name was applied.
func (h *detection) mitigated(name string) bool {
	return slices.ContainsFunc(h.mitigations, func(m finding.Mitigation) bool { return m.Name == name })
}

// skipsRows reports whether some of the parent's rows had no statement, so that a cache may have been detection; also if no parent
// is known.
func (h *detection) skipsRows() bool {
	return h.match == nil || h.match.skipped+h.match.unused > 0 || h.match.repeated > 0
}

// repeats reports whether the detection is about a repeated statement.
func (h *detection) repeats() bool { return h.perRow || h.repeated != nil }
