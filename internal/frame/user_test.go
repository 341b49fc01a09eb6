package frame

import "testing"

// A build as the go command makes it, of a module whose path has no dot.
func shop() *build {
	return &build{module: "shop", main: "shop/cmd/shop", library: "/usr/local/go/src/"}
}

func TestUser(t *testing.T) {
	trimmed := func() *build { return &build{module: "shop", main: "shop/cmd/shop"} }
	hosted := func() *build { return &build{module: "github.com/Me/shop", library: "/go/src/"} }
	unknown := func() *build { return &build{library: "/go/src/"} }
	for _, tt := range []struct {
		name           string
		build          func() *build
		function, file string
		want           bool
	}{
		{"a package of the main module", shop, "shop/store.List", "/home/me/shop/store/list.go", true},
		{"the main package", shop, "main.main", "/home/me/shop/cmd/shop/main.go", true},
		{"a test", shop, "shop/store_test.TestList", "/home/me/shop/store/list_test.go", true},
		{"a module in the workspace", shop, "lib/list.New", "/home/me/lib/list/list.go", true},
		{"a package named like one of the standard library", shop, "text/menu.New", "/home/me/text/menu/menu.go", true},
		{"a file without a folder", shop, "warehouse.List", "list.go", true},
		{"no build information", unknown, "shop/store.List", "/home/me/shop/store/list.go", true},

		{"the standard library", shop, "net/http.(*Server).Serve", "/usr/local/go/src/net/http/server.go", false},
		{"the standard library of another installation", shop, "net/http.(*Server).Serve", "/opt/go/src/net/http/server.go", false},
		{"a literal of the standard library inlined into the user's code", shop, "shop/store.List.Values[...].func3", "/usr/local/go/src/slices/iter.go", false},
		{"what the standard library vendors", shop, "vendor/golang.org/x/net/dns.New", "/usr/local/go/src/vendor/golang.org/x/net/dns/dns.go", false},
		{"the runtime without a file", shop, "runtime.goexit", "", false},

		{"a dependency", shop, "github.com/samber/lo.ForEach[...]", "/home/me/go/pkg/mod/github.com/samber/lo@v1.47.0/slice.go", false},
		{"a dependency inlined into the user's code", shop, "shop/store.List.ForEach[...].func3", "/home/me/go/pkg/mod/github.com/samber/lo@v1.47.0/slice.go", false},
		{"a dependency in a module cache elsewhere", shop, "github.com/samber/lo.ForEach[...]", "/cache/github.com/samber/lo@v1.47.0/slice.go", false},
		{"a vendored dependency", shop, "github.com/samber/lo.ForEach[...]", "/home/me/shop/vendor/github.com/samber/lo/slice.go", false},
		{"a folder with a version that is none", shop, "shop/store.List", "/home/me/shop@v2/store/list.go", true},
		{"a dependency of Bazel's", unknown, "github.com/samber/lo.ForEach[...]", "external/com_github_samber_lo/slice.go", false},

		{"a data layer replaced by a folder", shop, "gorm.io/gorm.(*DB).Find", "/home/me/gorm/finisher_api.go", false},
		{"a package below a data layer", shop, "github.com/uptrace/bun/dialect.New", "/home/me/bun/dialect/dialect.go", false},
		{"a package named like a data layer", shop, "github.com/uptrace/bunny.New", "/home/me/bunny/bunny.go", true},
		{"the tests of a data layer", func() *build { return &build{module: "gorm.io/gorm"} }, "gorm.io/gorm.(*DB).Find", "/home/me/gorm/finisher_api.go", true},

		{"a program installed from the module cache", hosted, "github.com/Me/shop/store.List", "/home/me/go/pkg/mod/github.com/!me/shop@v1.2.0/store/list.go", true},
		{"its dependency", hosted, "github.com/samber/lo.ForEach[...]", "/home/me/go/pkg/mod/github.com/samber/lo@v1.47.0/slice.go", false},
		{"a module with a path that begins alike", hosted, "github.com/Me/shopping.List", "/home/me/go/pkg/mod/github.com/!me/shopping@v1.0.0/list.go", false},
		{"a trimmed program installed from the module cache", hosted, "github.com/Me/shop/store.List", "github.com/Me/shop@v1.2.0/store/list.go", true},

		{"trimmed: the main module", trimmed, "shop/store.List", "shop/store/list.go", true},
		{"trimmed: the standard library", trimmed, "slices.Sort[...]", "slices/sort.go", false},
		{"trimmed: the standard library inlined into the user's code", trimmed, "shop/store.List.Values[...].func3", "slices/iter.go", false},
		{"trimmed: a dependency", trimmed, "github.com/samber/lo.ForEach[...]", "github.com/samber/lo@v1.47.0/slice.go", false},
		{"trimmed: a main module named like the standard library", func() *build { return &build{module: "text"} }, "text/menu.New", "text/menu/menu.go", true},

		{"this module", shop, own + "/driver.(*conn).Query", "/home/me/go/pkg/mod/github.com/nplusgone/nplusgone@v0.1.0/driver/conn.go", false},
		{"this module while it is the main one", func() *build { return &build{module: own} }, own + "/driver.(*conn).Query", "/src/driver/conn.go", false},
		{"its example application", func() *build { return &build{module: own} }, own + "/testdata/app.(*service).home", "/src/testdata/app/tip01_profile.go", true},
		{"its tests", func() *build { return &build{module: own} }, own + "/driver.TestConn", "/src/driver/conn_test.go", true},
		{"its external tests", func() *build { return &build{module: own} }, own + "/driver_test.TestConn.func1", "/src/driver/conn_test.go", true},

		{"what the compiler generates", shop, "shop/store.(*DAO).List", "<autogenerated>", false},
		{"what cgo generates", shop, "shop/store._Cfunc_sum", "_cgo_gotypes.go", false},
		{"the main function of a test binary", shop, "main.main", "_testmain.go", false},
		{"nothing", shop, "", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.build().user(tt.function, tt.file); got != tt.want {
				t.Errorf("user(%q, %q) = %v, want %v", tt.function, tt.file, got, tt.want)
			}
		})
	}
}

// The running binary is a test of this module: its functions are the user's, those of the library that runs it are not.
func TestUserOfThisBinary(t *testing.T) {
	here, there := outwards(t)
	if !User(here.Function, here.File) {
		t.Errorf("User(%q, %q) = false, want true", here.Function, here.File)
	}
	if User(there.Function, there.File) {
		t.Errorf("User(%q, %q) = true, want false", there.Function, there.File)
	}
}
