package internal

// spec is the scope of the spec of Ginkgo that runs. A process runs one at a time. The lock guards it.
var spec struct {
	scope   Scope
	parent  uint64 // the test that runs the suite
	start   int64
	attempt uint64
}

// Spec records that a node runs which belongs to an attempt of a spec, and to none if the name is empty. The calling goroutine starts that
// of the node, which inherits the scope. The nodes of an attempt are in one scope.
//
//go:norace
func Spec(name string, start int64, attempt uint64) {
	if !on {
		return
	}
	lock()
	same := spec.scope.id != 0 && name != "" && spec.start == start && spec.attempt == attempt
	last := spec.scope
	if !same {
		spec.scope = Scope{}
	}
	unlock()
	if same {
		return
	}
	last.End()
	if name == "" {
		return
	}
	hash, _ := walk(maxDepth)
	parent := current()
	s := beginScope(scopeTest, name, hash)
	lock()
	spec.scope, spec.parent, spec.start, spec.attempt = s, parent, start, attempt
	unlock()
}

// endSpec ends the spec that runs in the scope of a test that ends.
//
//go:norace
func endSpec(test uint64) {
	lock()
	last := spec.scope
	within := last.id != 0 && spec.parent == test
	if within {
		spec.scope = Scope{}
	}
	unlock()
	if within {
		last.End()
	}
}
