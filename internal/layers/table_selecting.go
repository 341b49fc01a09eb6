package layers

// A Selection is what a function does with the elements of the collection that is its first argument, by the function that is its
// second one. It does nothing else with them.
type Selection uint8

// The selections. The zero Selection means that the function is none of them, or not known.
const (
	Drops  Selection = iota + 1 // it returns the elements for which the function returns false
	Keeps                       // it returns those for which the function returns true
	Finds                       // it returns a position, or whether there is such an element
	Picks                       // it returns one element
	Orders                      // it puts the elements in an order
)

// selections are the functions by import path and name.
var selections = map[string]map[string]Selection{
	"slices": {
		"DeleteFunc": Drops, "IndexFunc": Finds, "ContainsFunc": Finds, "MaxFunc": Picks, "MinFunc": Picks, "SortFunc": Orders, "SortStableFunc": Orders,
	},
	"sort":                 {"Slice": Orders, "SliceStable": Orders},
	"github.com/samber/lo": {"Filter": Keeps, "Reject": Drops, "ContainsBy": Finds, "MaxBy": Picks, "MinBy": Picks},
}

// SelectionOf returns what a function of the package with that import path does.
func SelectionOf(path, name string) Selection { return selections[unversioned(path)][name] }

// conditions are functions, by import path and name, that compare two values as SQL can, too.
var conditions = map[string]map[string]bool{
	"strings": {"Contains": true, "HasPrefix": true, "HasSuffix": true, "EqualFold": true, "Compare": true},
	"bytes":   {"Equal": true},
	"slices":  {"Contains": true},
	"time":    {"Time.Before": true, "Time.After": true, "Time.Equal": true, "Time.IsZero": true},
}

// Condition reports whether a function compares values as SQL can, too.
func Condition(path, name string) bool { return conditions[path][name] }

// comparisons are functions, by import path and name, that say which of two values is first.
var comparisons = map[string]map[string]bool{
	"strings": {"Compare": true},
	"bytes":   {"Compare": true},
	"cmp":     {"Compare": true, "Less": true},
	"time":    {"Time.Before": true, "Time.After": true, "Time.Compare": true},
}

// Comparison reports whether a function says which of two values is first, as SQL does.
func Comparison(path, name string) bool { return comparisons[path][name] }

// converting are packages whose functions only make another value of their arguments.
var converting = map[string]bool{
	"bytes": true, "encoding/base64": true, "encoding/hex": true, "html": true, "math": true, "net/netip": true, "net/url": true, "path": true,
	"strconv": true, "strings": true, "time": true, "unicode/utf8": true,
}

// Converts reports whether a function only makes another value of its arguments, and does not compare them as SQL can.
func Converts(path, name string) bool {
	switch path + "." + name {
	case "time.After", "time.AfterFunc", "time.NewTicker", "time.NewTimer", "time.Sleep", "time.Tick":
		return false // they wait
	}
	return converting[path] && !Condition(path, name) && !Comparison(path, name)
}
