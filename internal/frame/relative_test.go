package frame

import (
	"runtime"
	"testing"
)

// Each case is a list of frames; the last one is asked for.
func TestRelative(t *testing.T) {
	type fr struct{ function, file string }
	for _, tt := range []struct {
		name   string
		build  *build
		frames []fr
		want   string
	}{
		{"a package", shop(), []fr{{"shop/store.List", "/src/store/list.go"}}, "store/list.go"},
		{"the root package", shop(), []fr{{"shop.List", "/src/list.go"}}, "list.go"},
		{"a literal", shop(), []fr{{"shop/store/pg.List.func1", "/src/store/pg/list.go"}}, "store/pg/list.go"},
		{"the main package", shop(), []fr{{"main.main", "/src/cmd/shop/main.go"}}, "cmd/shop/main.go"},
		{"an external test", shop(), []fr{{"shop/store_test.TestList", "/src/store/list_test.go"}}, "store/list_test.go"},
		{"a folder that ends in _test", shop(), []fr{{"shop/load_test.Run", "/src/load_test/run.go"}}, "load_test/run.go"},
		{"a drive of Windows", shop(), []fr{{"shop/store.List", "D:/src/store/list.go"}}, "store/list.go"},
		{"a literal inlined from another package, the root known",
			shop(), []fr{{"shop/api.List", "/src/api/list.go"}, {"shop/api.List.(*DAO).All.func1", "/src/store/dao.go"}}, "store/dao.go"},
		{"a literal inlined from another package, the root not known",
			shop(), []fr{{"shop/api.List.(*DAO).All.func1", "/src/deep/store/dao.go"}}, "store/dao.go"},
		{"another module", shop(), []fr{{"github.com/samber/lo.Map", "/mod/github.com/samber/lo@v1.47.0/map.go"}}, "github.com/samber/lo/map.go"},
		{"a module in the workspace", shop(), []fr{{"lib/list.New", "/lib/list/new.go"}}, "lib/list/new.go"},
		{"the main module from the module cache", &build{module: "example.com/Shop"},
			[]fr{{"example.com/Shop/store.List", "/mod/example.com/!shop@v1.0.0/store/list.go"}}, "store/list.go"},
		{"the main package from the module cache", &build{module: "example.com/shop", main: "example.com/shop/cmd/shop"},
			[]fr{{"main.main", "/mod/example.com/shop@v1.0.0/cmd/shop/main.go"}}, "cmd/shop/main.go"},
		{"a program run from a file", &build{module: "", main: "command-line-arguments"}, []fr{{"main.main", "/tmp/main.go"}}, "main.go"},
		{"trimmed", shop(), []fr{{"shop/api.List.(*DAO).All.func1", "shop/store/dao.go"}}, "store/dao.go"},
		{"trimmed, another module", shop(), []fr{{"github.com/samber/lo.Map", "github.com/samber/lo@v1.47.0/map.go"}}, "github.com/samber/lo@v1.47.0/map.go"},
		{"a file without a folder", shop(), []fr{{"posts.List", "posts.go"}}, "posts.go"},
		{"no build information", &build{}, []fr{{"shop/store.List", "/src/store/list.go"}}, "shop/store/list.go"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got string
			for _, f := range tt.frames {
				got = tt.build.relative(f.function, f.file)
			}
			if got != tt.want {
				t.Errorf("relative = %q, want %q", got, tt.want)
			}
		})
	}
}

// Package, path and build information of the running binary fit together.
func TestRelativeOfThisBinary(t *testing.T) {
	here, _ := outwards(t)
	if got, want := Relative(here.Function, here.File), "internal/frame/relative_test.go"; got != want {
		t.Errorf("Relative(%q, %q) = %q, want %q", here.Function, here.File, got, want)
	}
	if got := Module(); got != own {
		t.Errorf("Module() = %q, want %q", got, own)
	}
}

// outwards returns its own frame and the outermost function of package testing.
func outwards(t *testing.T) (here, there runtime.Frame) {
	t.Helper()
	pcs := make([]uintptr, 16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for first := true; ; first = false {
		f, more := frames.Next()
		if first {
			here = f
		}
		if Package(f.Function) == "testing" {
			there = f
		}
		if !more {
			return here, there
		}
	}
}
