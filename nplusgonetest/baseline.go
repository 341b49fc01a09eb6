package nplusgonetest

import (
	"os"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/baseline"
)

// baselineVariable is the environment variable with the path of the baseline.
const baselineVariable = "NPLUSGONE_BASELINE"

// baselines has the baselines that were read, by path: each is read once in a process.
var baselines struct {
	mu     sync.Mutex
	byPath map[string]*baseline.Baseline
}

// knownIn returns a function that says why a finding is known to the baseline at path, or to that of the environment if
// path is empty. It returns nil if there is none.
func knownIn(path string) (func(*finding.Finding) string, error) {
	if path == "" {
		path = os.Getenv(baselineVariable)
	}
	if path == "" {
		return nil, nil
	}
	path = fromModule(path)
	baselines.mu.Lock()
	defer baselines.mu.Unlock()
	if b, ok := baselines.byPath[path]; ok {
		return b.Why, nil
	}
	b, err := baseline.Read(path)
	if err != nil {
		return nil, err
	}
	if baselines.byPath == nil {
		baselines.byPath = make(map[string]*baseline.Baseline)
	}
	baselines.byPath[path] = b
	return b.Why, nil
}
