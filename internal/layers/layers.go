// Package layers is the one table of what is known of other people's packages: which are drivers, data layers,
// migrators, routers, worker pools, caches and so on.
//
//	if layers.Of(frame.Package(f.Function)).Has(layers.DataLayer) {
//		// the frame is not application code
//	}
//
// Packages are identified by import path alone, never by words in a path or a name: a package that is not in the table
// has no kinds. The table is in the files table_*.go, one line a package. An entry covers the packages below its path,
// and is written without a major version.
//
// All functions may be called concurrently.
package layers

import "strings"

// A Kind is a set of what a package, or a function of it, is known to be. The zero Kind means that nothing is known.
type Kind uint32

// The kinds. A package may have several.
const (
	// Driver is a driver of database/sql, a database client of its own, or a wrapper around drivers.
	Driver Kind = 1 << iota
	// DataLayer is between the application and database/sql: a mapper, a query builder, a row scanner. Its frames
	// are never application code, also where the package was vendored or replaced by a folder.
	DataLayer
	// RelationLoader is a function of a data layer that loads the related rows of rows that are already loaded.
	RelationLoader
	// Batcher collects the keys of several callers and calls a function of the application with all of them.
	Batcher
	// Migrator changes the schema or loads fixtures.
	Migrator
	// Router dispatches requests to handlers. Its loops go over routes, middleware or connections, not over data.
	Router
	// Test is a test framework. Its loops go over tests, or repeat an assertion until it holds.
	Test
	// Goroutines runs the functions that it is handed on goroutines which it starts itself.
	Goroutines
	// Worker calls a function of the application for each job, message or tick. The code that caused the job is not on
	// the stack.
	Worker
	// Iterator calls the function that it is handed for each value of a collection.
	Iterator
	// Retrier calls the function that it is handed again until it succeeds.
	Retrier
	// Template renders templates, which may loop and call methods of the application.
	Template
	// GraphQL calls resolvers of the application for each selected field of each object.
	GraphQL
	// Cache keeps values of the application by key.
	Cache
	// Receiver has methods that wait for a message from another program.
	Receiver
	// Sender hands something to another program or to the operating system, outside of the database.
	Sender
)

// kindNames are the names of the kinds by bit.
var kindNames = [...]string{
	"driver", "data layer", "relation loader", "batcher", "migrator", "router", "test", "goroutines", "worker", "iterator",
	"retrier", "template", "graphql", "cache", "receiver", "sender",
}

// Has reports whether k contains all kinds of other.
func (k Kind) Has(other Kind) bool { return k&other == other }

// Any reports whether k contains at least one kind of other.
func (k Kind) Any(other Kind) bool { return k&other != 0 }

// String returns the names of the kinds in k, separated by commas.
func (k Kind) String() string {
	var names []string
	for i, name := range kindNames {
		if k&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// Of returns the kinds of the package with that import path: those of the entries for the path itself and for all
// paths above it.
func Of(path string) Kind {
	var k Kind
	for p := range above(path) {
		k |= packages[p]
	}
	return k
}

// OfFunction returns the kinds of a function: those of its package, and those that only some functions of the package
// have. name is the part of a runtime name after the import path, such as (*DB).AutoMigrate; a function literal counts
// as the function that it is written in.
func OfFunction(path, name string) Kind {
	k := Of(path)
	for p := range above(path) {
		for _, f := range functions[p] {
			if f.matches(name) {
				k |= f.kinds
			}
		}
	}
	return k
}

// Within reports whether path, apart from major versions, is root or a package below it. root has no version.
func Within(path, root string) bool {
	rest, ok := strings.CutPrefix(unversioned(path), root)
	return ok && (rest == "" || rest[0] == '/')
}

// above yields the path without its major version, and then each path above it.
func above(path string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for p := unversioned(path); p != "" && yield(p); {
			p = p[:max(strings.LastIndexByte(p, '/'), 0)]
		}
	}
}

// unversioned removes the major version from an import path: an element such as v5, or the end of an element of
// gopkg.in such as .v5.
func unversioned(path string) string {
	if strings.HasPrefix(path, "gopkg.in/") {
		if dot := strings.LastIndex(path, ".v"); dot > 0 {
			end := dot + len(".v")
			for end < len(path) && digit(path[end]) {
				end++
			}
			if end == len(path) || path[end] == '/' {
				return path[:dot] + path[end:]
			}
		}
		return path
	}
	for from := 0; ; {
		i := strings.Index(path[from:], "/v")
		if i < 0 {
			return path
		}
		start := from + i
		end := start + len("/v")
		for end < len(path) && digit(path[end]) {
			end++
		}
		if end > start+len("/v") && (end == len(path) || path[end] == '/') {
			return path[:start] + path[end:]
		}
		from = start + 1
	}
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// An entry is a line of the table.
type entry struct {
	path  string // import path of a package, or of a folder of packages
	kinds Kind
}

// A function is a line of the table for a function of a package.
type function struct {
	path  string
	name  string // as in a runtime name after the import path; with a dot at the end, all methods of a type
	kinds Kind
}

func (f function) matches(name string) bool {
	rest, ok := strings.CutPrefix(name, f.name)
	return ok && (rest == "" || rest[0] == '.' || strings.HasSuffix(f.name, "."))
}

// packages is the table by path.
var packages = func() map[string]Kind {
	m := map[string]Kind{}
	for _, table := range [][]entry{databases, requests, goroutines, others} {
		for _, e := range table {
			m[e.path] |= e.kinds
		}
	}
	return m
}()

// functions is the table of functions by path.
var functions = func() map[string][]function {
	m := map[string][]function{}
	for _, f := range functionTable {
		m[f.path] = append(m[f.path], f)
	}
	return m
}()
