// Package ci tests nplusgone in CI: the scripts in testdata/script and the recipes of docs/ci run the go command on a
// sample repository, testdata/gate, as a CI system does. It has nothing but tests. They need a C compiler, a shell and
// make; a missing tool makes them fail.
package ci
