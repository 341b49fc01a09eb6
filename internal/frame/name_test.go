package frame

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The names are as Go 1.26 and 1.27 compile them, with inlining and without.
func TestNames(t *testing.T) {
	type parts struct {
		Package, Name string
		Closure       int
	}
	for _, tt := range []struct {
		name, function string
		want           parts
	}{
		{"a function", "shop/store.Author", parts{"shop/store", "store.Author", 0}},
		{"a method", "shop/store.(*DAO).Author", parts{"shop/store", "store.(*DAO).Author", 0}},
		{"a method of a value", "shop/store.DAO.Author", parts{"shop/store", "store.DAO.Author", 0}},
		{"a generic method", "shop/store.(*DAO[...]).Author", parts{"shop/store", "store.(*DAO).Author", 0}},
		{"type arguments with a path", "shop/store.Get[go.shape.struct { shop/model.ID int }]", parts{"shop/store", "store.Get", 0}},
		{"a literal", "shop/store.(*DAO).Author.func1", parts{"shop/store", "store.(*DAO).Author", 1}},
		{"a literal of a generic function", "shop/store.Each[...].func2", parts{"shop/store", "store.Each", 1}},
		{"a literal in a literal", "shop/store.List.func1.2", parts{"shop/store", "store.List", 2}},
		{"a literal in a literal in a literal", "shop/store.List.func1.2.func3", parts{"shop/store", "store.List", 3}},
		{"the body of a range over a function", "shop/store.List-range1", parts{"shop/store", "store.List", 0}},
		{"a body in a body", "shop/store.List-range1-range2", parts{"shop/store", "store.List", 0}},
		{"a literal in a body", "shop/store.List-range1.func1", parts{"shop/store", "store.List", 1}},
		{"a literal in a body, called in place, by Go 1.27", "shop/store.List-range2-range1.1-range1", parts{"shop/store", "store.List", 1}},
		{"a body in a literal", "shop/store.List.func1-range1", parts{"shop/store", "store.List", 1}},
		{"a go statement", "shop/store.List.gowrap1", parts{"shop/store", "store.List", 0}},
		{"a go statement in a literal", "shop/store.List.func1.gowrap2", parts{"shop/store", "store.List", 1}},
		{"a defer statement", "shop/store.List.deferwrap3", parts{"shop/store", "store.List", 0}},
		{"a method value", "shop/store.(*DAO).Author-fm", parts{"shop/store", "store.(*DAO).Author", 0}},
		{"an init function", "shop/store.init.0", parts{"shop/store", "store.init", 0}},
		{"a literal in an init function", "shop/store.init.0.func1", parts{"shop/store", "store.init", 1}},
		{"a literal in a package variable", "shop/store.init.func1", parts{"shop/store", "store.init", 1}},
		{"an external test", "shop/store_test.TestAuthor", parts{"shop/store_test", "store_test.TestAuthor", 0}},
		{"the main package", "main.main.func1", parts{"main", "main.main", 1}},
		{"a path with an escaped dot", "gopkg.in/yaml%2ev3.(*Node).Decode", parts{"gopkg.in/yaml.v3", "yaml.v3.(*Node).Decode", 0}},
		{"a major version", "github.com/me/shop/v2.(*DAO).Author", parts{"github.com/me/shop/v2", "shop.(*DAO).Author", 0}},
		{"a folder that is only like a version", "shop/vat.Rate", parts{"shop/vat", "vat.Rate", 0}},

		{"a literal of an inlined method", "shop/api.List.(*DAO).All.func7", parts{"shop/api", "api.(*DAO).All", 1}},
		{"a literal of a function inlined into a method", "shop/api.(*DAO).List.each.func7", parts{"shop/api", "api.each", 1}},
		{"a literal of a function inlined twice", "shop/api.List.list.each.func7", parts{"shop/api", "api.each", 1}},
		{"a literal of a function inlined into one of the same name", "example.com/iter.ForEach[...].ForEach.func1", parts{"example.com/iter", "iter.ForEach", 1}},
		{"a literal in a body in an inlined literal", "shop/api.List.List.seq.func9.List-range1.func11", parts{"shop/api", "api.List", 1}},
		{"a body inlined into an iterator", "shop/api.List.List.seq.func10.List-range2-range4", parts{"shop/api", "api.List", 0}},
		{"an iterator inlined into a body", "shop/api.List-range2.seq.func13", parts{"shop/api", "api.seq", 1}},
		{"a literal in a literal inlined into a method", "main.main.(*D).M.main.func2.func9", parts{"main", "main.main", 2}},

		{"nothing", "", parts{"", "", 0}},
		{"no package", "cgocallback", parts{"", "cgocallback", 0}},
		{"a broken escape", "a%zz.F", parts{"a%zz", "a%zz.F", 0}},
		{"a lone bracket", "shop.F]", parts{"shop", "shop.F]", 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := parts{Package(tt.function), Name(tt.function), Closure(tt.function)}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.function, diff)
			}
		})
	}
}

// No text makes the functions panic: names come from other compilers and other people's reports as well.
// Proves that the file says which package a function is of if it was inlined into another one.
func TestPackageOf(t *testing.T) {
	for _, c := range []struct{ function, file, want string }{
		{"example.com/shop.Find.func1", "/root/go/pkg/mod/github.com/pocketbase/dbx@v1.12.0/query.go", "github.com/pocketbase/dbx"},
		{"example.com/shop.Find.func1", "github.com/!masterminds/squirrel@v1.5.4/sub/select.go", "github.com/Masterminds/squirrel/sub"},
		{"example.com/shop.Find", "/src/shop/find.go", "example.com/shop"},
		{"example.com/shop.Find", "/vendored@v1.0.0/shop/find.go", "example.com/shop"},
	} {
		if got := PackageOf(c.function, c.file); got != c.want {
			t.Errorf("PackageOf(%q, %q) = %q, want %q", c.function, c.file, got, c.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, seed := range []string{"", ".", "..", "init.", "init..0", "a/b.", "a.-range1", "a.(", "[", "a.func1", "a.b.-.c", "%"} {
		f.Add(seed, "/a/b@v1.0.0/c.go")
	}
	f.Fuzz(func(t *testing.T, function, file string) {
		Package(function)
		Name(function)
		Closure(function)
		User(function, file)
		Relative(function, file)
	})
}
