package fingerprint

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFacts compares all facts of some statements. The corpora compare some facts of many.
func TestFacts(t *testing.T) {
	for _, tc := range []struct {
		name string
		d    Dialect
		text string
		want Facts
	}{
		{
			"no text", PostgreSQL, "", Facts{},
		},
		{
			"a select by key", PostgreSQL, `SELECT id, "Title" FROM posts WHERE id = $1 ORDER BY id LIMIT 1`,
			Facts{
				Kind: Select, Tables: []string{"posts"}, Columns: []string{"id", `"Title"`}, OrderBy: []string{"id"}, Limit: true,
				Values: []Value{{Role: RoleKey, Table: "posts", Column: "id"}, {Role: RoleLimit}},
			},
		},
		{
			"a key that functions compute", PostgreSQL,
			"UPDATE keys SET used_at = $1 WHERE k = encode(digest($2, 'sha256'), 'hex') AND note <> pg_catalog.concat(lower($3), $4)",
			Facts{
				Kind: Update, Tables: []string{"keys"}, Writes: []string{"keys"}, Set: []Assignment{{Column: "used_at"}},
				Values: []Value{
					{Role: RoleSet, Table: "keys", Column: "used_at"}, {Role: RoleKey}, {Role: RoleKey}, {Role: RoleKey}, {Role: RoleRange}, {Role: RoleRange},
				},
			},
		},
		{
			"functions that are not compared", PostgreSQL,
			"SELECT coalesce($1, a) FROM t WHERE st_dwithin(at, $2, $3) AND (f($4, 1) OR g(h($5)) + 1 > 2) AND b IN (f($6, $7)) AND $8 = c",
			Facts{
				Kind: Select, Tables: []string{"t"}, Columns: []string{"coalesce(?, a)"},
				Values: []Value{
					{}, {}, {}, {}, {}, {}, {}, {Role: RoleRange}, {}, {}, {Role: RoleKey, Table: "t", Column: "c"},
				},
			},
		},
		{
			"a join with groups", MySQL,
			"SELECT a.name, COUNT(*) FROM posts p JOIN authors AS a ON a.id = p.author_id WHERE p.kind IN (1, 2) GROUP BY a.name HAVING COUNT(*) > 3",
			Facts{
				Kind: Select, Tables: []string{"posts", "authors"}, Columns: []string{"a.name", "COUNT(*)"}, Aggregates: []string{"count"},
				GroupBy: true, Join: true,
				Values: []Value{{Role: RoleKey, Table: "posts", Column: "kind", List: true}, {Role: RoleRange}},
			},
		},
		{
			"an upsert that returns", PostgreSQL,
			"INSERT INTO stock (id, n) VALUES ($1, $2), ($3, $4) ON CONFLICT (id) DO UPDATE SET n = stock.n + excluded.n RETURNING n",
			Facts{
				Kind: Insert, Tables: []string{"stock"}, Writes: []string{"stock"}, Source: SourceValues, InsertColumns: []string{"id", "n"}, Upsert: true,
				Set: []Assignment{{Column: "n", FromSelf: true}}, Returning: true, Columns: []string{"n"},
				Values: []Value{{Role: RoleInsert, Table: "stock", Column: "id"}, {Role: RoleInsert, Table: "stock", Column: "n"}},
			},
		},
		{
			"an update", SQLite, "UPDATE posts SET title = ?, n = n + 1 WHERE id = ? AND n < 5",
			Facts{
				Kind: Update, Tables: []string{"posts"}, Writes: []string{"posts"}, Set: []Assignment{{Column: "title"}, {Column: "n", FromSelf: true}},
				Values: []Value{
					{Role: RoleSet, Table: "posts", Column: "title"}, {Role: RoleSet, Table: "posts", Column: "n"},
					{Role: RoleKey, Table: "posts", Column: "id"}, {Role: RoleRange, Table: "posts", Column: "n"},
				},
			},
		},
		{
			"a delete from a CTE", PostgreSQL, "WITH old AS (SELECT id FROM posts WHERE at < now()) DELETE FROM posts WHERE id IN (SELECT id FROM old)",
			Facts{Kind: Delete, Tables: []string{"posts"}, Writes: []string{"posts"}, Volatile: true, Subquery: true},
		},
		{
			"a select from a CTE that writes", PostgreSQL, "WITH old AS (DELETE FROM posts RETURNING id) SELECT id FROM old",
			Facts{Kind: Select, Within: Delete, Tables: []string{"posts"}, Writes: []string{"posts"}, Columns: []string{"id"}, Returning: true},
		},
		{
			"a delete beside a CTE that writes", PostgreSQL, "WITH n AS (UPDATE counts SET n = 0) DELETE FROM posts",
			Facts{Kind: Delete, Tables: []string{"counts", "posts"}, Writes: []string{"counts", "posts"}, Values: []Value{{Role: RoleSet, Table: "counts", Column: "n"}}},
		},
		{
			"a locked queue", PostgreSQL, "SELECT * FROM jobs WHERE state = 'new' LIMIT $1 FOR UPDATE SKIP LOCKED",
			Facts{
				Kind: Select, Tables: []string{"jobs"}, Columns: []string{"*"}, Limit: true, Locking: true,
				Values: []Value{{Role: RoleKey, Table: "jobs", Column: "state"}, {Role: RoleLimit}},
			},
		},
		{
			"the catalog", SQLite, "SELECT DISTINCT name FROM sqlite_master",
			Facts{Kind: Select, Tables: []string{"sqlite_master"}, Columns: []string{"name"}, Catalog: true, Distinct: true},
		},
		{
			"a union with pages", MySQL, "SELECT a FROM t UNION SELECT b FROM u ORDER BY 1 LIMIT ?, ?",
			Facts{
				Kind: Select, Tables: []string{"t", "u"}, Columns: []string{"a"}, OrderBy: []string{"?"}, Compound: true, Limit: true, Offset: true,
				Values: []Value{{}, {Role: RoleOffset}, {Role: RoleLimit}},
			},
		},
		{
			"several statements", SQLite, "DELETE FROM a; DELETE FROM b WHERE x = 1;",
			Facts{
				Kind: Delete, Tables: []string{"a", "b"}, Writes: []string{"a", "b"}, Statements: 2,
				Values: []Value{{Role: RoleKey, Table: "b", Column: "x"}},
			},
		},
		{
			"a table beside its catalog", PostgreSQL, "SELECT 1 FROM pg_class c, posts p WHERE c.oid = p.id",
			Facts{
				Kind: Select, Tables: []string{"pg_class", "posts"}, Columns: []string{"?"}, Join: true, Values: []Value{{}},
			},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Parse(tc.d, tc.text).Facts); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.text, diff)
			}
		})
	}
}

func TestNamesOfKindsAndRoles(t *testing.T) {
	for k := range kindCount {
		text, err := k.MarshalText()
		if err != nil || string(text) != k.String() || k.String() == "" {
			t.Errorf("Kind(%d) is %q in text, %q as a string, %v", k, text, k, err)
		}
	}
	for r := range roleCount {
		text, err := r.MarshalText()
		if err != nil || string(text) != r.String() || r.String() == "" {
			t.Errorf("Role(%d) is %q in text, %q as a string, %v", r, text, r, err)
		}
	}
	for c := range containerCount {
		text, err := c.MarshalText()
		if err != nil || string(text) != c.String() || c.String() == "" {
			t.Errorf("Container(%d) is %q in text, %q as a string, %v", c, text, c, err)
		}
	}
	for s := range sourceCount {
		text, err := s.MarshalText()
		if err != nil || string(text) != s.String() || s.String() == "" {
			t.Errorf("InsertSource(%d) is %q in text, %q as a string, %v", s, text, s, err)
		}
	}
	if Kind(200).String() != "other" || Role(200).String() != "other" || Container(200).String() != "other" || InsertSource(200).String() != "none" {
		t.Error("a value that does not exist has a name of its own")
	}
}
