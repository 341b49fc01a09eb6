package ginkgo

import (
	"context"
	"testing"
)

type (
	other   struct{}
	wrong   struct{}
	broken  struct{}
	waiting struct{}
)

func (wrong) SpecReport() int       { return 1 }
func (broken) SpecReport() struct{} { panic("there is no report") }
func (waiting) SpecReport() (none struct{}) {
	<-make(chan bool)
	return none
}

// Values with Ginkgo's key that are not what Ginkgo makes change nothing, also if reading a report would never end.
func TestValues(t *testing.T) {
	for _, v := range []any{nil, 1, other{}, &wrong{}, broken{}, waiting{}, waiting{}} {
		ctx := context.WithValue(context.Background(), "GINKGO_SPEC_CONTEXT", v)
		if got := ctx.Value("GINKGO_SPEC_CONTEXT"); got != v {
			t.Errorf("the value is %v, want %v", got, v)
		}
	}
}
