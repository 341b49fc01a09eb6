package testing

import "internal"

// A nplusScope is the scope of a test.
type nplusScope = internal.Scope

// nplusBegin begins the scope of a test, a benchmark or an example.
func nplusBegin(name string) nplusScope { return internal.TestBegin(name) }

// nplusTests records that the tests of a package begin.
func nplusTests(importPath string) { internal.Tests(importPath) }

// nplusTestsEnd records that the tests of the package have ended.
func nplusTestsEnd(code int) { internal.TestsEnd(code) }
