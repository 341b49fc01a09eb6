package source_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/internal/source/testdata/shapes"
)

// stacks runs a shape and returns the stacks of its statements with that text.
func stacks(run func(*shapes.DB), text string) [][]analysis.Frame {
	db := new(shapes.DB)
	run(db)
	var all [][]analysis.Frame
	for _, s := range db.Stacks(text) {
		stack := make([]analysis.Frame, len(s))
		for i, fr := range s {
			stack[i] = analysis.Frame(fr)
		}
		all = append(all, stack)
	}
	return all
}

// describe writes down what Loop returns: the kind of the loop, its line and function, and its flags.
func describe(loop analysis.Loop, found, known bool) string {
	switch {
	case !known:
		return "unknown"
	case !found:
		return "none"
	}
	kind := [...]string{"range", "counter", "while", "forever"}[loop.Kind]
	s := fmt.Sprintf("%s: %s: %s", kind, strings.TrimPrefix(loop.Function, "shapes."), strings.TrimSuffix(loop.Text, " {"))
	for _, flag := range []struct {
		name string
		set  bool
	}{{"constant", loop.Constant}, {"waits", loop.Waits}, {"test", loop.Test}, {"searches", loop.Searches}, {"receives", loop.Receives}, {"cached", loop.Cached}, {"has effects", len(loop.Effects) > 0}} {
		if flag.set {
			s += ", " + flag.name
		}
	}
	if loop.Helper != "" {
		s += ", calls back from " + loop.Helper
	}
	return s
}

// Every shape of code is run; the stack of its last statement leads to the loop that repeated it.
func TestLoop(t *testing.T) {
	finder := source.New()
	for _, tt := range []struct {
		name string
		run  func(*shapes.DB)
		want string
	}{
		{"a call in the body of a range", shapes.Range, "range: Range: for _, p := range posts()"},
		{"a call in a counting loop", shapes.IndexLoop, "counter: IndexLoop: for i := 0; i < len(list); i++"},
		{"a call in a range over an integer", shapes.RangeInteger, "counter: RangeInteger: for i := range len(list)"},
		{"a call while there are rows", shapes.While, "while: While: for rows.Next()"},
		{"a call in a loop without a condition", shapes.Forever, "forever: Forever: for"},
		{"a call in a condition", shapes.Condition, "while: Condition: for more()"},
		{"a call in a post statement", shapes.PostStatement, `while: PostStatement: for n = 0; n < 3; db.Exec("child", n)`},
		{"a call in a range expression", shapes.RangeExpression, "none"},
		{"a call in a range expression within a loop", shapes.RangeExpressionInLoop, "range: RangeExpressionInLoop: for _, p := range posts()"},
		{"a call in the inner of two loops", shapes.Nested, "range: Nested: for _, q := range posts()"},
		{"a call for each value of a channel", shapes.Channel, "range: Channel: for p := range ch"},
		{"a call after a loop", shapes.AfterTheLoop, "none"},
		{"a call that the loop returns", func(db *shapes.DB) { shapes.ReturnsFromLoop(db) }, "none"},
		{"a call in a loop that breaks in its first turn", shapes.FirstRowOnly, "range: FirstRowOnly: for _, p := range posts()"},
		{"a call over many lines", shapes.ManyLines, "range: ManyLines: for _, p := range posts()"},
		{"a call in an if", shapes.InIf, "range: InIf: for _, p := range posts()"},
		{"a call in a switch in a labelled loop", shapes.Labelled, "range: Labelled: for _, p := range posts()"},
		{"calls one after the other", shapes.Unrolled, "none"},

		{"a method of a data layer", shapes.Method, "range: Method: for _, p := range posts()"},
		{"a funnel with a callback", shapes.Funnel, "range: Funnel: for _, p := range posts()"},
		{"a method value", shapes.MethodValue, "range: MethodValue: for _, p := range posts()"},
		{"a literal called in place", shapes.CalledInPlace, "range: CalledInPlace: for _, p := range posts()"},
		{"a literal in a variable", shapes.LiteralInVariable, "range: LiteralInVariable: for _, p := range posts()"},
		{"a literal made in a loop and called outside", shapes.LoopAroundDefinition, "none"},
		{"a callback of the user's own helper", shapes.UserHelper, "range: each: for _, p := range list"},
		{"a callback of a generic helper", shapes.GenericHelper, "range: eachOf: for _, v := range list"},
		{"a callback of a generic method", shapes.GenericMethod, "range: (*list).walk: for _, item := range l.items"},
		{"a callback of the standard library", shapes.Callback, "range: Callback: found := slices.ContainsFunc(posts(), func(p Post) bool, calls back from slices.ContainsFunc"},
		{"a callback in a return statement", func(db *shapes.DB) { shapes.CallbackReturned(db) }, "range: CallbackReturned: return slices.ContainsFunc(posts(), func(p Post) bool, calls back from slices.ContainsFunc"},
		{"a comparison", shapes.SortFunc, "range: SortFunc: slices.SortFunc(list, func(a, b Post) int, calls back from slices.SortFunc"},
		{"a callback of sync.Map", shapes.SyncMap, "range: SyncMap: m.Range(func(id, _ any) bool, calls back from sync.(*Map).Range"},
		{"a method that the standard library calls", shapes.SortInterface, "range: SortInterface: func SortInterface(db *DB) { sort.Sort(byAuthor{db, posts()}) }, calls back from sort.Sort"},
		{"a callback that runs once", shapes.OnceFunc, "none"},
		{"a range over a function", shapes.RangeOverFunc, "range: RangeOverFunc: for p := range seq()"},
		{"a range over an iterator of the standard library", shapes.RangeOverStandardIterator, "range: RangeOverStandardIterator: for p := range slices.Values(posts())"},
		{"nested ranges over functions", shapes.NestedRangeOverFunc, "range: NestedRangeOverFunc: for q := range seq()"},
		{"a statement in an iterator", shapes.StatementInIterator, "while: (*Store).all: for rows.Next()"},
		{"literals deferred in a loop", shapes.Deferred, "none"},
		{"a deferred call in a function called in a loop", shapes.DeferredPerCall, "range: DeferredPerCall: for _, p := range posts()"},
		{"a recursion", shapes.Recursion, "none"},
		{"a loop in a recursion", shapes.RecursionInLoop, "counter: down: for child := range depth"},
		{"a literal in a package variable", shapes.PackageVariable, "range: init: for _, p := range posts()"},

		{"a goroutine for each row", shapes.GoStatement, "range: GoStatement: for _, p := range posts()"},
		{"a goroutine for each row, through a method", shapes.GoStatementThroughMethod, "range: GoStatementThroughMethod: for _, p := range posts()"},
		{"a group of goroutines", shapes.GoMethod, "range: GoMethod: for _, p := range posts()"},
		{"a WaitGroup", shapes.WaitGroupGo, "range: WaitGroupGo: for _, p := range posts()"},
		{"a goroutine in a goroutine for each row", shapes.GoroutineInGoroutine, "range: GoroutineInGoroutine: for _, p := range posts()"},
		{"workers on a channel", shapes.Worker, "range: Worker: for job := range jobs"},
		{"one goroutine, whose starter is not on the stack", shapes.OneGoroutine, "unknown"},
		{"a literal handed to a function that starts it", shapes.HandedToFunction, "range: HandedToFunction: for _, p := range posts()"},

		{"a literal collection", shapes.Literal, `range: Literal: for _, kind := range []string{"draft", "published"}, constant`},
		{"a local table", shapes.LocalTable, "range: LocalTable: for _, row := range table, constant"},
		{"a table of the package", shapes.PackageTable, "range: PackageTable: for _, kind := range kinds, constant"},
		{"a table of the package that grows", shapes.PackageTableThatGrows, "range: PackageTableThatGrows: for _, kind := range growing"},
		{"a local table that grows", shapes.LocalThatGrows, "range: LocalThatGrows: for _, n := range list"},
		{"a slice filled through its address", shapes.LocalThatIsFilled, "range: LocalThatIsFilled: for _, n := range list"},
		{"a map filled by key", shapes.MapThatIsFilled, "range: MapThatIsFilled: for id := range m"},
		{"an array", shapes.ArrayVariable, "range: ArrayVariable: for i := range slots, constant"},
		{"a sorted table", shapes.SortedTable, "range: SortedTable: for _, kind := range slices.Sorted(slices.Values(kinds)), constant"},
		{"a function that returns a table", shapes.FunctionOfTable, "range: FunctionOfTable: for _, kind := range allKinds(), constant"},
		{"a table of another package", shapes.OtherPackageTable, "range: OtherPackageTable: for _, kind := range enum.Kinds, constant"},
		{"a function of another package that returns a table", shapes.OtherPackageFunction, "range: OtherPackageFunction: for _, kind := range enum.All(), constant"},
		{"counting to a constant of another package", shapes.OtherPackageConstant, "counter: OtherPackageConstant: for kind := enum.Draft; kind < enum.End; kind++, constant"},
		{"a table of another package that grows", shapes.OtherPackageThatGrows, "range: OtherPackageThatGrows: for _, kind := range enum.Registered"},
		{"counting to a literal", shapes.CountToLiteral, "counter: CountToLiteral: for i := 0; i < 3; i++, constant"},
		{"counting to a constant", shapes.CountToConstant, "counter: CountToConstant: for i := 1; i <= tries && i > 0; i++, constant"},
		{"counting to a parameter", shapes.CountToParameter, "counter: countTo: for i := 0; i < n; i++"},
		{"a range over a constant", shapes.RangeConstant, "counter: RangeConstant: for i := range tries, constant"},
		{"a range over a parameter", shapes.RangeParameter, "counter: rangeTo: for i := range n"},
		{"a callback over a literal", shapes.CallbackOverLiteral, "range: CallbackOverLiteral: found := slices.ContainsFunc([]int{1, 2}, func(n int) bool, constant, calls back from slices.ContainsFunc"},
		{"a loop that sleeps", shapes.Sleeps, "while: Sleeps: for !done, waits"},
		{"a loop over ticks", shapes.Ticks, "range: Ticks: for range ticker.C, waits"},
		{"a loop that waits in a select", shapes.Selects, "forever: Selects: for, waits"},
		{"a loop that sleeps in its post statement", shapes.SleepsInPostStatement, "while: SleepsInPostStatement: for n := 0; n < len(posts()); time.Sleep(time.Microsecond), waits"},
		{"a retry with pauses in a loop", shapes.RetriesWithPauses, "range: RetriesWithPauses: for _, p := range posts()"},
		{"a search without an end", func(db *shapes.DB) { shapes.SearchForever(db) }, "forever: SearchForever: for n := 2; ; n++, searches"},
		{"a search by a condition", func(db *shapes.DB) { shapes.SearchByCondition(db) }, "counter: SearchByCondition: for n := 1; taken; n++, searches"},
		{"a search among rows", func(db *shapes.DB) { shapes.SearchOfRows(db) }, "range: SearchOfRows: for _, p := range posts()"},
		{"a turn that publishes", func(db *shapes.DB) { _ = shapes.Publishes(db) }, "range: Publishes: for _, p := range posts(), has effects"},
		{"a turn that publishes and leaves the loop", func(db *shapes.DB) { _ = shapes.PublishesAtTheEnd(db) }, "range: PublishesAtTheEnd: for _, p := range posts()"},
		{"a turn that publishes and does not look", shapes.PublishesBlindly, "range: PublishesBlindly: for _, p := range posts()"},
		{"a turn that validates", func(db *shapes.DB) { _ = shapes.Validates(db) }, "range: Validates: for _, p := range posts()"},
		{"a turn that parses, by a name that sends", func(db *shapes.DB) { _ = shapes.Parses(db) }, "range: Parses: for _, p := range posts()"},
		{"a turn that posts over HTTP", func(db *shapes.DB) { _ = shapes.Posts(db) }, "range: Posts: for _, p := range posts(), has effects"},
		{"a turn that calls what it was given", func(db *shapes.DB) { _ = shapes.CallsBack(db) }, "range: callsBack: for _, p := range posts(), has effects"},
		{"messages of a stream", shapes.ReceivesFromAStream, "forever: ReceivesFromAStream: for, receives"},
		{"the Recv of something else", shapes.RecvOfACounter, "forever: RecvOfACounter: for"},
		{"messages in a select", shapes.ReceivesInASelect, "forever: ReceivesInASelect: for, receives"},
		{"a cache of a type of its own", shapes.CacheOfAType, "range: (*cachedNames).ofAType: for _, p := range posts(), cached"},
		{"a cache that does not have the key", shapes.CacheWithoutTheKey, "range: (*cachedNames).withoutTheKey: for _, p := range posts(), cached"},
		{"a cache that returns an error", shapes.CacheWithAnError, "range: (*cachedNames).withAnError: for _, p := range posts(), cached"},
		{"a cache by its name alone", shapes.CacheByItsNameAlone, "range: (*cachedNames).byItsNameAlone: for _, p := range posts()"},
		{"a cache that is never filled", shapes.CacheThatIsNeverFilled, "range: (*cachedNames).neverFilled: for _, p := range posts()"},
		{"a cache whose result decides nothing", shapes.CacheThatIsAskedForSomethingElse, "range: (*cachedNames).somethingElse: for _, p := range posts()"},
		{"a cache behind a lock", shapes.CacheOfTheProcess, "range: CacheOfTheProcess: for _, p := range posts(), cached"},
		{"a cache in a sync.Map", shapes.CacheInASyncMap, "range: CacheInASyncMap: for _, p := range posts(), cached"},
		{"a cache without a lock", shapes.CacheOfTheRequest, "range: CacheOfTheRequest: for _, p := range posts()"},
		{"a cache in a variable", shapes.CacheOfTheFunction, "range: CacheOfTheFunction: for _, p := range posts()"},
		{"a retry in a loop", shapes.RetryInLoop, "range: RetryInLoop: for _, p := range posts()"},
		{"a retry alone", shapes.RetryAlone, "counter: retry: for i := 0; i < tries; i++, constant, waits"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all := stacks(tt.run, "child")
			if len(all) == 0 {
				t.Fatal("no statement ran")
			}
			stack := all[len(all)-1]
			if got := describe(loopOf(finder, stack)); got != tt.want {
				t.Errorf("Loop = %s\nwant   %s\nstack\n%s", got, tt.want, format(stack))
			}
		})
	}
}

func format(stack []analysis.Frame) string {
	var b strings.Builder
	for _, fr := range stack {
		fmt.Fprintf(&b, "\t%s %s:%d\n", fr.Function, fr.File, fr.Line)
	}
	return b.String()
}

// loopOf returns the loop that tests name for a stack: the innermost one in handwritten code that turns again behind the statement
// and does not retry, or else what there is. known is false if there is none and more may be hidden.
func loopOf(f *source.Finder, stack []analysis.Frame) (best analysis.Loop, found, known bool) {
	all, complete := f.Loops(stack)
	rank := 0
	for _, l := range all {
		its := 3
		switch {
		case l.Returns:
			continue
		case l.Helper != "":
			its = 1
		case l.Retries:
			its = 2
		}
		if its > rank {
			best, rank = l, its
		}
	}
	return best, rank > 0, rank > 0 || complete
}
