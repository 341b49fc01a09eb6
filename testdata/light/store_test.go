package light

import (
	"database/sql"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"
)

// Proves that the application works without nplusgone.
func TestPosts(t *testing.T) {
	db, err := sql.Open("sqlite3", "file:plain?mode=memory&cache=shared")
	require.NoError(t, err)
	defer db.Close()
	store, err := NewStore(db, zap.NewNop())
	require.NoError(t, err)
	for _, read := range []func() ([]Post, error){
		func() ([]Post, error) { return store.OneByOne(t.Context()) },
		func() ([]Post, error) { return store.Preloaded(t.Context()) },
	} {
		posts, err := read()
		require.NoError(t, err)
		require.Len(t, posts, 5)
		require.Len(t, posts[4].Comments, 2)
	}
}
