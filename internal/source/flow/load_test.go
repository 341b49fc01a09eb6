package flow

import (
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// BenchmarkLoad reads packages as the analysis does, and makes their SSA form: all of this module, then go/types and what
// else of the standard library is of its size. MB is what stays in memory.
func BenchmarkLoad(b *testing.B) {
	for _, set := range []struct{ name, patterns string }{
		{"one package", "github.com/nplusgone/nplusgone/testdata/app"},
		{"this module", "github.com/nplusgone/nplusgone/..."},
		{"go/types and its users", "go/... cmd/vet/..."},
		{"net/http and what it needs", "net/... crypto/... encoding/..."},
	} {
		b.Run(set.name, func(b *testing.B) {
			args := append([]string{"list", "-f", "{{.Dir}}"}, strings.Fields(set.patterns)...)
			out, err := exec.Command("go", args...).Output()
			if err != nil {
				b.Fatal(err)
			}
			dirs := strings.Fields(string(out))
			for b.Loop() {
				before := inUse()
				l := newLoader(runningBuild())
				l.packages(dirs...)
				b.ReportMetric(float64(inUse()-before)/(1<<20), "MB")
				b.ReportMetric(float64(len(dirs)), "packages")
				runtime.KeepAlive(l)
			}
		})
	}
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
