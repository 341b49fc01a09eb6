package source_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/internal/source/testdata/shapes"
)

// A loop is cached if a known cache library is between it and the statement. A name in an unknown path decides nothing.
func TestCacheOfALibrary(t *testing.T) {
	stack := stacks(shapes.Range, "child")[0]
	at := slices.IndexFunc(stack, func(fr analysis.Frame) bool { return strings.HasSuffix(fr.Function, "shapes.Range") })
	if at < 0 {
		t.Fatalf("no frame of Range in\n%s", format(stack))
	}
	for function, want := range map[string]bool{
		"github.com/jellydator/ttlcache/v3.(*Cache[...]).Get": true,
		"github.com/golang/groupcache.(*Group).Get":           true,
		"github.com/acme/lru.(*Cache).Get":                    false, // not known
		"github.com/Masterminds/squirrel.(*StmtCache).Exec":   false, // it keeps prepared statements
		"gorm.io/gorm/internal/stmt_store.(*lruStore).Get":    false,
		"golang.org/x/sync/singleflight.(*Group).Do":          false, // it keeps nothing
		"example.org/queries.(*Queries).Author":               false,
	} {
		through := slices.Insert(slices.Clone(stack), at, analysis.Frame{Function: function, File: "/mod/lib@v1.0.0/lib.go", Line: 9})
		loop, found, _ := loopOf(source.New(), through)
		if !found || loop.Cached != want {
			t.Errorf("through %s: found %t, cached %t, want a loop with cached %t", function, found, loop.Cached, want)
		}
	}
}
